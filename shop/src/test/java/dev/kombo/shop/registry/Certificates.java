package dev.kombo.shop.registry;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Map;
import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;

/** Key stores and trust stores of a test, all with one password; the keys come from the JDK's keytool. */
final class Certificates {

    static final String PASSWORD = "s3cret-of-the-store";

    private static final String TYPE = "PKCS12";
    private static final String ALIAS = "self";

    private final Path folder;

    Certificates(Path folder) {
        this.folder = folder;
    }

    /**
     * Makes a key with a certificate that it has signed itself.
     *
     * @param alternativeName whom the certificate is for, in keytool's words, such as {@code ip:127.0.0.1}
     */
    Path keyStore(String name, String alternativeName) throws IOException, InterruptedException {
        Path store = folder.resolve(name + ".p12");
        Process keytool = new ProcessBuilder(
                        Path.of(System.getProperty("java.home"), "bin", "keytool")
                                .toString(),
                        "-genkeypair",
                        "-keyalg",
                        "EC",
                        "-alias",
                        ALIAS,
                        "-dname",
                        "CN=" + name,
                        "-ext",
                        "SAN=" + alternativeName,
                        "-storetype",
                        TYPE,
                        "-keystore",
                        store.toString(),
                        "-storepass",
                        PASSWORD)
                .redirectErrorStream(true)
                .start();
        String output = new String(keytool.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        if (keytool.waitFor() != 0) {
            throw new IOException("keytool failed: " + output);
        }
        return store;
    }

    /** A store that trusts the certificate in a key store. */
    Path trustStore(String name, Path keyStore) throws IOException, GeneralSecurityException {
        KeyStore trusted = KeyStore.getInstance(TYPE);
        trusted.load(null, null);
        trusted.setCertificateEntry(ALIAS, load(keyStore).getCertificate(ALIAS));
        Path store = folder.resolve(name + ".p12");
        try (OutputStream out = Files.newOutputStream(store)) {
            trusted.store(out, PASSWORD.toCharArray());
        }
        return store;
    }

    /** What a server needs that has the key in one store and trusts the clients in the other. */
    static SSLContext context(Path keyStore, Path trustStore) throws IOException, GeneralSecurityException {
        KeyManagerFactory keys = KeyManagerFactory.getInstance(KeyManagerFactory.getDefaultAlgorithm());
        keys.init(load(keyStore), PASSWORD.toCharArray());
        TrustManagerFactory trust = TrustManagerFactory.getInstance(TrustManagerFactory.getDefaultAlgorithm());
        trust.init(load(trustStore));
        SSLContext context = SSLContext.getInstance("TLS");
        context.init(keys.getKeyManagers(), trust.getTrustManagers(), null);
        return context;
    }

    /** Settings of a registry client that trusts the store. */
    static Map<String, String> trusting(Path trustStore) {
        return Map.of(
                "schema.registry.ssl.truststore.location", trustStore.toString(),
                "schema.registry.ssl.truststore.type", TYPE,
                "schema.registry.ssl.truststore.password", PASSWORD);
    }

    /** Settings of a registry client that shows the certificate in the store. */
    static Map<String, String> showing(Path keyStore) {
        return Map.of(
                "schema.registry.ssl.keystore.location", keyStore.toString(),
                "schema.registry.ssl.keystore.type", TYPE,
                "schema.registry.ssl.keystore.password", PASSWORD,
                "schema.registry.ssl.key.password", PASSWORD);
    }

    private static KeyStore load(Path store) throws IOException, GeneralSecurityException {
        KeyStore loaded = KeyStore.getInstance(TYPE);
        try (InputStream in = Files.newInputStream(store)) {
            loaded.load(in, PASSWORD.toCharArray());
        }
        return loaded;
    }
}
