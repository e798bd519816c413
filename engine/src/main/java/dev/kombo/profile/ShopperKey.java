package dev.kombo.profile;

import dev.kombo.attribution.Shopper;
import dev.kombo.math.StableHash;

/**
 * Keys of shoppers in the stores: {@code u:<user id>}, or {@code s:<session id>} for a visitor who is not logged in, so
 * that a session can never be mistaken for a user of the same name. Records are keyed by the plain id.
 */
public final class ShopperKey {
    private static final String USER = "u:";
    private static final String SESSION = "s:";

    private ShopperKey() {}

    /** The key of a user. */
    public static String ofUser(String userId) {
        return USER + userId;
    }

    /** The key of a visitor. */
    public static String ofSession(String sessionId) {
        return SESSION + sessionId;
    }

    /** Whether the key is that of a visitor who is not logged in. */
    public static boolean isSession(String key) {
        return key.startsWith(SESSION);
    }

    /** The shopper of a key. */
    public static Shopper shopper(String key) {
        return isSession(key) ? new Shopper(null, idOf(key)) : new Shopper(idOf(key), null);
    }

    /** The hash of a session's key in {@link SessionLinks}. */
    public static long hash(String key) {
        return StableHash.of(idOf(key));
    }

    /** The plain id, by which records are keyed and partitioned. */
    public static String idOf(String key) {
        return key.substring(2);
    }
}
