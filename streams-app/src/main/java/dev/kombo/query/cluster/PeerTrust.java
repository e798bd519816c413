package dev.kombo.query.cluster;

import dev.kombo.config.ApiSettings;
import dev.kombo.query.http.ApiServer.CannotListenException;
import dev.kombo.query.http.KeyStores;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.security.GeneralSecurityException;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongSupplier;
import java.util.function.Supplier;
import javax.net.ssl.SSLContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The certificates that are trusted when other instances are called. Checks at most once a second whether their file
 * has changed, and reads it again; while that fails, the earlier certificates stay trusted. Thread-safe.
 */
public final class PeerTrust implements Supplier<SSLContext> {
    private static final Logger LOG = LoggerFactory.getLogger(PeerTrust.class);

    private static final long PAUSE_NANOS = 1_000_000_000;

    private final Path truststore;
    private final String password;
    private final LongSupplier nanoTime;
    private final AtomicLong checkedAt;
    /** Null: the file was not there. */
    private FileTime changed;

    private volatile SSLContext trusted;

    /**
     * @param password of the file; null: none
     * @throws CannotListenException if the file cannot be read
     */
    public PeerTrust(Path truststore, String password, LongSupplier nanoTime) {
        this.truststore = truststore;
        this.password = password;
        this.nanoTime = nanoTime;
        this.checkedAt = new AtomicLong(nanoTime.getAsLong());
        try {
            changed = Files.getLastModifiedTime(truststore);
            trusted = read();
        } catch (GeneralSecurityException | IOException e) {
            throw new CannotListenException(
                    ApiSettings.TRUSTSTORE.name() + " " + truststore + " cannot be used: " + e.getMessage(), e);
        }
    }

    @Override
    public SSLContext get() {
        long last = checkedAt.get();
        long now = nanoTime.getAsLong();
        if (now - last >= PAUSE_NANOS && checkedAt.compareAndSet(last, now)) {
            reload();
        }
        return trusted;
    }

    private synchronized void reload() {
        FileTime now = null;
        try {
            now = Files.getLastModifiedTime(truststore);
            if (!now.equals(changed)) {
                trusted = read();
            }
        } catch (GeneralSecurityException | IOException e) {
            // Once for each state of the file.
            if (!Objects.equals(now, changed)) {
                LOG.warn("{} cannot be read; the earlier certificates stay trusted: {}", truststore, e.toString());
            }
        }
        changed = now;
    }

    private SSLContext read() throws GeneralSecurityException, IOException {
        return KeyStores.trusting(truststore, password);
    }
}
