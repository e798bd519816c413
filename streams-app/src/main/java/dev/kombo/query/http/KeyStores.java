package dev.kombo.query.http;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.HashMap;
import java.util.Map;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.config.ConfigDef;
import org.apache.kafka.common.config.SslConfigs;
import org.apache.kafka.common.security.ssl.DefaultSslEngineFactory;

/** Reads files of keys and certificates: PKCS #12, JKS, or PEM as Kafka's clients take it. */
public final class KeyStores {
    private static final String PEM = "-----BEGIN ";
    /** Of a file, in which the first block of PEM is looked for: OpenSSL writes attributes before it. */
    private static final int HEAD_BYTES = 1 << 16;

    private KeyStores() {}

    /**
     * Reads the key and its certificates. In PEM both are in one file, the key in PKCS #8.
     *
     * @param password of the file; in a PEM file, of the key; null: none
     */
    public static KeyStore keys(Path file, String password) throws GeneralSecurityException, IOException {
        if (!pem(file)) {
            return read(file, password);
        }
        Map<String, Object> settings = new HashMap<>();
        settings.put(SslConfigs.SSL_KEYSTORE_TYPE_CONFIG, "PEM");
        settings.put(SslConfigs.SSL_KEYSTORE_LOCATION_CONFIG, file.toString());
        settings.put(SslConfigs.SSL_KEY_PASSWORD_CONFIG, password);
        return fromPem(settings, true);
    }

    /** Reads certificates; parameters as of {@link #keys}. */
    public static KeyStore certificates(Path file, String password) throws GeneralSecurityException, IOException {
        return pem(file)
                ? fromPem(
                        Map.of(
                                SslConfigs.SSL_TRUSTSTORE_TYPE_CONFIG,
                                "PEM",
                                SslConfigs.SSL_TRUSTSTORE_LOCATION_CONFIG,
                                file.toString()),
                        false)
                : read(file, password);
    }

    /** TLS that trusts the certificates of a file only; parameters as of {@link #keys}. */
    public static SSLContext trusting(Path file, String password) throws GeneralSecurityException, IOException {
        TrustManagerFactory managers = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        managers.init(certificates(file, password));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(null, managers.getTrustManagers(), null);
        return context;
    }

    private static KeyStore fromPem(Map<String, Object> settings, boolean keys) throws IOException {
        try (DefaultSslEngineFactory factory = new DefaultSslEngineFactory()) {
            factory.configure(new ConfigDef().withClientSslSupport().parse(settings));
            return keys ? factory.keystore() : factory.truststore();
        } catch (KafkaException e) {
            throw new IOException(e.getMessage(), e);
        }
    }

    private static KeyStore read(Path file, String password) throws GeneralSecurityException, IOException {
        return KeyStore.getInstance(file.toFile(), password == null ? null : password.toCharArray());
    }

    private static boolean pem(Path file) throws IOException {
        try (InputStream in = Files.newInputStream(file)) {
            return new String(in.readNBytes(HEAD_BYTES), StandardCharsets.ISO_8859_1).contains(PEM);
        }
    }
}
