package dev.kombo.topology.user;

import dev.kombo.settings.Millis;
import java.util.List;

/**
 * A walk over the keys of all profiles, a few at a time, that begins once a day, by which users who do not come any more
 * are found. A timer for each would be a record more for each that comes. Where it is is not stored: after a restart it
 * begins anew, an hour later. Touched only by the stream thread that owns the partition.
 */
final class ProfileWalk {
    private static final int SLICE = 50;

    private final ShopperStore shoppers;
    private String cursor = "";
    private long nextAt;

    ProfileWalk(ShopperStore shoppers) {
        this.shoppers = shoppers;
    }

    /** The next keys; none while it pauses. */
    List<String> next(long systemTime) {
        if (nextAt == 0) {
            nextAt = systemTime + Millis.HOUR;
        }
        if (systemTime < nextAt) {
            return List.of();
        }
        List<String> keys = shoppers.keys(cursor, SLICE);
        if (keys.size() < SLICE) {
            cursor = "";
            nextAt = systemTime + Millis.DAY;
        } else {
            // The next key in any order of keys.
            cursor = keys.get(keys.size() - 1) + '\0';
        }
        return keys;
    }
}
