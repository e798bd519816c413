package dev.kombo.webhook;

import dev.kombo.config.Hmac;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;

/**
 * Signs messages as in Standard Webhooks 1.0.0: HMAC-SHA256 over {@code id.timestamp.body}, one signature per secret.
 */
final class Signature {
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_BYTES = 24;
    private static final int LONGEST_BYTES = 64;

    private final List<byte[]> keys = new ArrayList<>();

    /**
     * @param secrets {@code whsec_} and base64; two, separated by a blank, while a secret is rotated
     * @throws IllegalArgumentException if a secret is invalid; the message does not contain it
     */
    Signature(String secrets) {
        for (String secret : secrets.strip().split(" +", -1)) {
            byte[] key;
            try {
                key = Base64.getDecoder()
                        .decode(secret.startsWith(PREFIX) ? secret.substring(PREFIX.length()) : secret);
            } catch (IllegalArgumentException e) {
                throw new IllegalArgumentException("a secret is whsec_ and base64", e);
            }
            if (key.length < SHORTEST_BYTES || key.length > LONGEST_BYTES) {
                throw new IllegalArgumentException(
                        "a secret has " + SHORTEST_BYTES + " to " + LONGEST_BYTES + " bytes, not " + key.length);
            }
            keys.add(key);
        }
    }

    /** Returns the value of the header {@code webhook-signature}. */
    String of(String id, long epochSeconds, byte[] body) {
        StringJoiner signatures = new StringJoiner(" ");
        byte[] head = (id + "." + epochSeconds + ".").getBytes(StandardCharsets.UTF_8);
        for (byte[] key : keys) {
            signatures.add("v1," + Base64.getEncoder().encodeToString(Hmac.of(key, head, body)));
        }
        return signatures.toString();
    }
}
