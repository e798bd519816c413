package dev.kombo.topology.user;

import dev.kombo.settings.Millis;
import java.util.List;

/**
 * Walks over the keys of all profiles once a day, a few at a time, to find users who no longer come. A timer per user
 * would cost one more record for each visit. The position is not stored: after a restart the walk begins again, an hour
 * later. Not thread-safe; used by the stream thread that owns the partition.
 */
final class ProfileWalk {
    private static final int SLICE = 50;

    private final ShopperStore shoppers;
    private String cursor = "";
    private long nextAt;

    ProfileWalk(ShopperStore shoppers) {
        this.shoppers = shoppers;
    }

    /** Returns the next keys; none while the walk pauses. */
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
            // The smallest key behind the last one.
            cursor = keys.get(keys.size() - 1) + '\0';
        }
        return keys;
    }
}
