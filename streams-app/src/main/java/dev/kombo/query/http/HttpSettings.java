package dev.kombo.query.http;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;

/**
 * How the API is served.
 *
 * @param host address to bind to
 * @param port port to bind to; 0: any free one
 * @param tls certificate, or null: plain HTTP
 * @param tokens of callers; empty: everybody on this machine may do everything
 * @param bodyBytes largest body accepted
 * @param ratePerSecond requests a second that one client may make over time; 0: any number
 * @param concurrency requests worked on at a time
 * @param peerSecret what other instances show, or null: no request is another instance's
 */
public record HttpSettings(
        String host,
        int port,
        TlsSettings tls,
        List<ApiToken> tokens,
        int bodyBytes,
        int ratePerSecond,
        int concurrency,
        String peerSecret) {
    /** Whether a request that shows this comes from another instance. */
    boolean fromPeer(String shown) {
        return peerSecret != null
                && shown != null
                && MessageDigest.isEqual(
                        peerSecret.getBytes(StandardCharsets.UTF_8), shown.getBytes(StandardCharsets.UTF_8));
    }
}
