package dev.kombo.engine.shopper;

import dev.kombo.engine.task.Table;
import dev.kombo.settings.Millis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Decides when each stored shopper is maintained: once a day, at a millisecond of the day of its own. Kept in a part of
 * the timer store. A shopper is entered once, so recurring work needs no timer each time. Progress is stored once a
 * minute; after a restart some visits are repeated, which has no effect. Not thread-safe: only the thread of its task
 * uses it.
 */
public final class ShopperVisits {
    /** First byte of the keys of visits; a timer's key begins with a time, whose first byte is 0. */
    private static final byte VISIT = 1;

    private static final ScheduleKey PROGRESS = new ScheduleKey(new byte[] {2});
    private static final byte[] NOTHING = new byte[0];
    private static final int SLOT_END = 1 + Integer.BYTES;
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final Table<ScheduleKey, byte[]> table;
    /** Time of the first slot not visited yet, and the key to continue from if it is partly visited. */
    private long next = NOT_BEGUN;

    private @Nullable ScheduleKey within;
    private long stored = NOT_BEGUN;

    public ShopperVisits(Table<ScheduleKey, byte[]> table) {
        this.table = table;
    }

    /** A shopper and the millisecond of the day of its visit. */
    public record Visit(int slot, String shopperKey) {}

    /** Millisecond of the day. */
    static int slot(long time) {
        return (int) Math.floorMod(time, Millis.DAY);
    }

    public void add(int slot, String shopperKey) {
        table.put(key(slot, shopperKey), NOTHING);
    }

    void remove(int slot, String shopperKey) {
        table.delete(key(slot, shopperKey));
    }

    /** Returns the visits due since the last call, at most {@code limit}; the rest is left for the next call. */
    public List<Visit> due(long now, int limit) {
        if (next == NOT_BEGUN) {
            byte[] progress = table.get(PROGRESS);
            next = progress == null
                    ? now - Millis.DAY
                    : ByteBuffer.wrap(progress).getLong();
        }
        if (now - next >= 2 * Millis.DAY) {
            // One round makes up for all skipped days; it continues from its position, so that nobody is skipped again.
            next += (now - next) / Millis.DAY * Millis.DAY - Millis.DAY;
        }
        List<Visit> due = new ArrayList<>();
        while (next <= now && due.size() < limit) {
            collect(now, limit, due);
        }
        if (next - stored >= Millis.MINUTE || stored == NOT_BEGUN) {
            table.put(PROGRESS, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
            stored = next;
        }
        return due;
    }

    /** Continues to the end of the day at most. */
    private void collect(long now, int limit, List<Visit> due) {
        long midnight = next - slot(next);
        long last = Math.min(now, midnight + Millis.DAY - 1);
        ScheduleKey from = within == null ? key(slot(next), "") : within;
        List<ScheduleKey> found = new ArrayList<>();
        boolean ended =
                table.range(from, key(slot(last) + 1, ""), limit - due.size(), (key, nothing) -> found.add(key));
        found.forEach(key -> due.add(visit(key)));
        if (ended && due.size() < limit) {
            next = last + 1;
            within = null;
        } else {
            byte[] latest = found.get(found.size() - 1).bytes();
            next = midnight + due.get(due.size() - 1).slot();
            // The smallest key behind the last one.
            within = new ScheduleKey(Arrays.copyOf(latest, latest.length + 1));
        }
    }

    private static Visit visit(ScheduleKey key) {
        ByteBuffer bytes = ByteBuffer.wrap(key.bytes(), 1, key.bytes().length - 1);
        int slot = bytes.getInt();
        return new Visit(slot, StandardCharsets.UTF_8.decode(bytes).toString());
    }

    private static ScheduleKey key(int slot, String shopperKey) {
        byte[] shopper = shopperKey.getBytes(StandardCharsets.UTF_8);
        return new ScheduleKey(ByteBuffer.allocate(SLOT_END + shopper.length)
                .put(VISIT)
                .putInt(slot)
                .put(shopper)
                .array());
    }
}
