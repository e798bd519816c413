package dev.kombo.query.http;

/**
 * The certificate that the API shows.
 *
 * @param keystore file with key and certificate, PKCS #12 or JKS
 * @param password of the file; null: none
 */
public record TlsSettings(String keystore, String password) {
    /** Without the password. */
    @Override
    public String toString() {
        return keystore;
    }
}
