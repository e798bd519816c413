package dev.kombo.topology.user;

import dev.kombo.catalog.StableHash;
import dev.kombo.config.Topics;
import dev.kombo.profile.ShopperState;
import java.util.HexFormat;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Remembers when users were erased: an earlier event that arrives later must not restore the profile, in whatever order
 * a task reads its topics. Users are stored as a hash, until events from before the erasure are past retention; a timer
 * removes the marker. Not thread-safe; used by the stream thread that owns the partition.
 */
public final class ErasedUsers {
    /** Prefix of a marker in place of a shopper key in timers; shopper keys begin with other letters. */
    private static final String PREFIX = "erased:";

    private final KeyValueStore<String, Long> store;
    private final ShopperTimers timers;

    ErasedUsers(KeyValueStore<String, Long> store, ShopperTimers timers) {
        this.store = store;
        this.timers = timers;
    }

    /**
     * Records that a user was erased at a time, epoch milliseconds; a request older than the recorded one changes
     * nothing.
     */
    public void add(String shopperKey, long time) {
        String marker = marker(shopperKey);
        Long earlier = store.get(marker);
        if (earlier == null || earlier < time) {
            store.put(marker, time);
            timers.move(PREFIX + marker, 0, time + Topics.EVENTS_KEPT_MILLIS);
        }
    }

    /**
     * Whether something at a time happened before its user was erased.
     *
     * @param shopper the user's current state, or null. After an erasure only later events create state, so most events
     *     need no look-up.
     */
    boolean before(String shopperKey, ShopperState shopper, long time) {
        if (shopper != null && time >= shopper.behavior().lastSeen()) {
            return false;
        }
        Long erased = store.get(marker(shopperKey));
        return erased != null && time <= erased;
    }

    /** Whether a timer belongs to a marker; the marker is deleted unless the user was erased again. */
    boolean ended(ShopperTimers.Due timer) {
        if (!timer.shopperKey().startsWith(PREFIX)) {
            return false;
        }
        String marker = timer.shopperKey().substring(PREFIX.length());
        Long erased = store.get(marker);
        if (erased != null && erased + Topics.EVENTS_KEPT_MILLIS <= timer.due()) {
            store.delete(marker);
        }
        timers.remove(timer);
        return true;
    }

    private static String marker(String shopperKey) {
        return HexFormat.of().toHexDigits(StableHash.of(shopperKey));
    }
}
