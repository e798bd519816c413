package dev.kombo.webhook;

import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.ArrayList;
import java.util.Base64;
import java.util.List;
import java.util.StringJoiner;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/**
 * Signs messages as in Standard Webhooks 1.0.0: HMAC-SHA256 over {@code id.timestamp.body}, one signature per secret.
 */
final class Signature {
    private static final String ALGORITHM = "HmacSHA256";
    private static final String PREFIX = "whsec_";
    private static final int SHORTEST_BYTES = 24;
    private static final int LONGEST_BYTES = 64;

    private final List<SecretKeySpec> keys = new ArrayList<>();

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
            keys.add(new SecretKeySpec(key, ALGORITHM));
        }
    }

    /** Returns the value of the header {@code webhook-signature}. */
    String of(String id, long epochSeconds, byte[] body) {
        StringJoiner signatures = new StringJoiner(" ");
        try {
            for (SecretKeySpec key : keys) {
                Mac mac = Mac.getInstance(ALGORITHM);
                mac.init(key);
                mac.update((id + "." + epochSeconds + ".").getBytes(StandardCharsets.UTF_8));
                signatures.add("v1," + Base64.getEncoder().encodeToString(mac.doFinal(body)));
            }
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has " + ALGORITHM, e);
        }
        return signatures.toString();
    }
}
