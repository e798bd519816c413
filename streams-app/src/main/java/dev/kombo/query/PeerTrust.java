package dev.kombo.query;

import dev.kombo.config.ApiSettings;
import dev.kombo.query.http.ApiServer.CannotListenException;
import dev.kombo.query.http.KeyStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that are trusted when other instances are called. Reads their file again when it has changed; while
 * that fails, the earlier certificates stay trusted. Thread-safe.
 */
final class PeerTrust implements Supplier<SSLContext> {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTrust.class);

    private final Path truststore;
    private final String password;
    private FileTime changed;
    private SSLContext trusted;

    /**
     * @param password of the file; null: none
     * @throws CannotListenException if the file cannot be read
     */
    PeerTrust(Path truststore, String password) {
        this.truststore = truststore;
        this.password = password;
        try {
            changed = Files.getLastModifiedTime(truststore);
            trusted = read();
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotListenException(
                    ApiSettings.TRUSTSTORE.name() + " " + truststore + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public synchronized SSLContext get() {
        try {
            FileTime now = Files.getLastModifiedTime(truststore);
            if (!now.equals(changed)) {
                // Set first, so that a file that cannot be read is reported once.
                changed = now;
                trusted = read();
            }
        } catch (GeneralSecurityException | IOException e) {
            LOG.warn("{} cannot be read; the earlier certificates stay trusted: {}", truststore, e.getMessage());
        }
        return trusted;
    }

    private SSLContext read() throws GeneralSecurityException, IOException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(KeyStores.certificates(truststore, password));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }
}
