package dev.kombo.engine.shopper;

import dev.kombo.engine.task.Table;
import dev.kombo.profile.ShopperState;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/**
 * Stores the timer of each shopper, when it next needs maintenance, by time, so what is due is found without a scan.
 * A shopper has at most one timer, at or before the next thing due: postponing something costs no write, as the timer
 * then finds nothing to do and is set again. Not thread-safe: only the thread of its task uses it.
 */
final class ShopperTimers {
    private static final byte[] NOTHING = new byte[0];

    private final Table<ScheduleKey, byte[]> table;

    /**
     * No timer set here is due before this. A look at earlier times would pass over the timers that went off: the
     * service's store, RocksDB, keeps their deletions until it compacts them.
     */
    private long earliest;

    ShopperTimers(Table<ScheduleKey, byte[]> table) {
        this.table = table;
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
            table.delete(key(before, shopperKey));
        }
        table.put(key(due, shopperKey), NOTHING);
        earliest = Math.min(earliest, due);
    }

    /** Removes a timer that went off, or whose shopper is forgotten. */
    void remove(Due timer) {
        table.delete(key(timer.due(), timer.shopperKey()));
    }

    /** Returns the timers due at a time, earliest first, at most {@code limit}; each is to be removed or moved. */
    List<Due> due(long now, int limit) {
        List<Due> due = new ArrayList<>();
        table.range(time(earliest), time(now + 1), limit, (key, nothing) -> due.add(read(key)));
        earliest = due.size() < limit ? now + 1 : due.get(limit - 1).due();
        return due;
    }

    private static Due read(ScheduleKey key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.bytes());
        long time = bytes.getLong();
        return new Due(time, StandardCharsets.UTF_8.decode(bytes).toString());
    }

    private static ScheduleKey key(long due, String shopperKey) {
        byte[] shopper = shopperKey.getBytes(StandardCharsets.UTF_8);
        return new ScheduleKey(ByteBuffer.allocate(Long.BYTES + shopper.length)
                .putLong(due)
                .put(shopper)
                .array());
    }

    private static ScheduleKey time(long due) {
        return new ScheduleKey(ByteBuffer.allocate(Long.BYTES).putLong(due).array());
    }
}
