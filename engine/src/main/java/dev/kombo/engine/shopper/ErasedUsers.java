package dev.kombo.engine.shopper;

import dev.kombo.codec.FlatReader;
import dev.kombo.codec.FlatWriter;
import dev.kombo.engine.task.Table;
import dev.kombo.math.StableHash;
import dev.kombo.profile.ShopperState;
import java.util.HexFormat;
import org.jspecify.annotations.Nullable;

/**
 * Remembers when users were erased: an earlier event that arrives later must not restore the profile, in whatever order
 * a task gets its inputs. Users are stored as a hash, until events from before the erasure are past retention; a timer
 * removes the marker. Not thread-safe: only the thread of its task uses it.
 */
final class ErasedUsers {
    static final long NEVER = Long.MIN_VALUE;

    /** Prefix of a marker in place of a shopper key in timers; shopper keys begin with other letters. */
    private static final String PREFIX = "erased:";

    private final Table<String, byte[]> table;
    private final ShopperTimers timers;
    private final long eventsKeptMillis;

    /**
     * @param eventsKeptMillis after which no event from before an erasure can arrive any more
     */
    ErasedUsers(Table<String, byte[]> table, ShopperTimers timers, long eventsKeptMillis) {
        this.table = table;
        this.timers = timers;
        this.eventsKeptMillis = eventsKeptMillis;
    }

    /**
     * Records that a user was erased at a time, epoch milliseconds; a request older than the recorded one changes
     * nothing.
     */
    void add(String shopperKey, long time) {
        add(StableHash.of(shopperKey), time);
    }

    void add(long shopperKeyHash, long time) {
        String marker = marker(shopperKeyHash);
        byte[] earlier = table.get(marker);
        if (earlier == null || time(earlier) < time) {
            put(marker, time);
        }
    }

    /** Records that a user was erased at a time, epoch milliseconds, whatever is recorded. */
    void replace(String shopperKey, long time) {
        put(marker(StableHash.of(shopperKey)), time);
    }

    private void put(String marker, long time) {
        FlatWriter written = new FlatWriter();
        written.fixed(time);
        table.put(marker, written.toBytes());
        timers.move(PREFIX + marker, 0, time + eventsKeptMillis);
    }

    /**
     * Returns when a user was erased, epoch milliseconds, if that was not before a given time; otherwise
     * {@link #NEVER}.
     *
     * @param shopper the user's current state, or null. After an erasure only later events create state, so most
     *     events need no look-up.
     */
    long since(String shopperKey, @Nullable ShopperState shopper, long time) {
        if (shopper != null && time >= shopper.behavior().lastSeen()) {
            return NEVER;
        }
        byte[] erased = table.get(marker(StableHash.of(shopperKey)));
        return erased != null && time <= time(erased) ? time(erased) : NEVER;
    }

    /** Whether a timer belongs to a marker; the marker is deleted unless the user was erased again. */
    boolean ended(ShopperTimers.Due timer) {
        if (!timer.shopperKey().startsWith(PREFIX)) {
            return false;
        }
        String marker = timer.shopperKey().substring(PREFIX.length());
        byte[] erased = table.get(marker);
        if (erased != null && time(erased) + eventsKeptMillis <= timer.due()) {
            table.delete(marker);
        }
        timers.remove(timer);
        return true;
    }

    private static String marker(long shopperKeyHash) {
        return HexFormat.of().toHexDigits(shopperKeyHash);
    }

    private static long time(byte[] marker) {
        return new FlatReader(marker).fixed(0L);
    }
}
