package dev.kombo.topology.user;

import dev.kombo.profile.ShopperState;
import dev.kombo.settings.Millis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Stores the timer of each shopper, when it next needs maintenance, by time, so what is due is found without a scan.
 * A shopper has at most one timer, at or before the next thing due: postponing something costs no write, as the timer
 * then finds nothing to do and is set again. Not thread-safe; used by the stream thread that owns the partition.
 */
final class ShopperTimers {
    private static final byte[] NOTHING = new byte[0];
    /** Time after which timers are looked for from the earliest on again, in milliseconds. */
    private static final long WHOLE = Millis.MINUTE;

    private final KeyValueStore<Bytes, byte[]> store;
    /**
     * No timer set here is due before this. A look at earlier times would pass over every timer that went off and that
     * RocksDB has not compacted yet.
     */
    private long earliest;

    private long wholeAt;

    ShopperTimers(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /**
     * A timer that went off.
     *
     * @param due when it was due, epoch milliseconds
     * @param shopperKey key of its shopper
     */
    record Due(long due, String shopperKey) {}

    /** Whether a shopper's timer would go off too late for something due; {@link Long#MAX_VALUE}: nothing is due. */
    static boolean late(ShopperState shopper, long due) {
        long current = shopper.timerAt();
        return due != Long.MAX_VALUE && (current == 0 || current > due);
    }

    /**
     * Moves a shopper's timer.
     *
     * @param before when it was due, epoch milliseconds; 0: it was not set
     * @param due the new time, epoch milliseconds
     */
    void move(String shopperKey, long before, long due) {
        if (before != 0) {
            store.delete(key(before, shopperKey));
        }
        store.put(key(due, shopperKey), NOTHING);
        earliest = Math.min(earliest, due);
    }

    /** Removes a timer that went off, or whose shopper is forgotten. */
    void remove(Due timer) {
        store.delete(key(timer.due(), timer.shopperKey()));
    }

    /**
     * Returns the timers due at a time, earliest first, at most {@code limit}; each is to be removed or moved. One that
     * another processor of the task has set in the past is found within a minute.
     *
     * @param systemTime epoch milliseconds of the machine's clock
     */
    List<Due> due(long now, int limit, long systemTime) {
        if (systemTime >= wholeAt || systemTime < wholeAt - WHOLE) {
            earliest = 0;
            wholeAt = systemTime + WHOLE;
        }
        List<Due> due = new ArrayList<>();
        try (KeyValueIterator<Bytes, byte[]> timers =
                store.range(Bytes.wrap(time(earliest)), Bytes.wrap(time(now + 1)))) {
            while (due.size() < limit && timers.hasNext()) {
                KeyValue<Bytes, byte[]> timer = timers.next();
                ByteBuffer key = ByteBuffer.wrap(timer.key.get());
                long time = key.getLong();
                due.add(new Due(time, StandardCharsets.UTF_8.decode(key).toString()));
            }
        }
        earliest = due.size() < limit ? now + 1 : due.get(limit - 1).due();
        return due;
    }

    private static Bytes key(long due, String shopperKey) {
        byte[] shopper = shopperKey.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(Long.BYTES + shopper.length)
                .putLong(due)
                .put(shopper)
                .array());
    }

    private static byte[] time(long due) {
        return ByteBuffer.allocate(Long.BYTES).putLong(due).array();
    }
}
