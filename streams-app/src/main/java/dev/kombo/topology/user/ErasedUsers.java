package dev.kombo.topology.user;

import dev.kombo.catalog.StableHash;
import dev.kombo.config.Topics;
import dev.kombo.profile.ShopperState;
import java.util.HexFormat;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Which users were erased, and when: an event of before that comes later must not bring the profile back, in whatever
 * order a task reads its topics. Kept as a hash, for as long as events are kept that are not read yet; a timer ends it.
 * Touched only by the stream thread that owns the partition.
 */
public final class ErasedUsers {
    /** What a marker's timer has for a shopper's key; those begin with letters of their own. */
    private static final String PREFIX = "erased:";

    private final KeyValueStore<String, Long> store;
    private final ShopperTimers timers;

    ErasedUsers(KeyValueStore<String, Long> store, ShopperTimers timers) {
        this.store = store;
        this.timers = timers;
    }

    /** The user was erased at a time, epoch milliseconds; a request that comes late changes nothing. */
    public void add(String shopperKey, long time) {
        String marker = marker(shopperKey);
        Long earlier = store.get(marker);
        if (earlier == null || earlier < time) {
            store.put(marker, time);
            timers.move(PREFIX + marker, 0, time + Topics.EVENTS_KEPT_MILLIS);
        }
    }

    /**
     * Whether what was at a time came before the erasure of its user.
     *
     * @param shopper what is known of the user now, or null. Whoever was erased is known since only by what came after,
     *     so most events need no look.
     */
    boolean before(String shopperKey, ShopperState shopper, long time) {
        if (shopper != null && time >= shopper.behavior().lastSeen()) {
            return false;
        }
        Long erased = store.get(marker(shopperKey));
        return erased != null && time <= erased;
    }

    /** Whether a timer is that of a marker, which is forgotten unless the user was erased again. */
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
