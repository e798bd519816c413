package dev.kombo.query.http;

import dev.kombo.config.ApiToken;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * Settings of the HTTP server.
 *
 * @param host address to bind to
 * @param port port to bind to; 0: any free one
 * @param tls certificate, or null: plain HTTP
 * @param tokens of callers; empty: everybody on this machine may do everything
 * @param bodyBytes largest body accepted
 * @param ratePerSecond sustained requests per second and client; 0: unlimited
 * @param concurrency requests processed at a time
 * @param connectionsPerAddress most connections that an address may have open
 * @param proxies addresses and networks of proxies, which stand for many clients
 * @param peerSecret secret of other instances, or null: no request counts as another instance's
 */
public record HttpSettings(
        String host,
        int port,
        TlsSettings tls,
        List<ApiToken> tokens,
        int bodyBytes,
        int ratePerSecond,
        int concurrency,
        int connectionsPerAddress,
        List<String> proxies,
        String peerSecret) {
    /** Whether a request with this secret comes from another instance. */
    boolean fromPeer(String shown) {
        return peerSecret != null
                && shown != null
                && MessageDigest.isEqual(
                        peerSecret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }

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
}
