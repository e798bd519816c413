package dev.kombo.query.http;

/**
 * The TLS certificate of the API.
 *
 * @param keystore file with key and certificate, PKCS #12, JKS or PEM
 * @param password of the file; null: none
 */
public record TlsSettings(String keystore, String password) {
    /** Omits the password. */
    @Override
    public String toString() {
        return keystore;
    }
}
