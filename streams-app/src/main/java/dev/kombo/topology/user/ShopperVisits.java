package dev.kombo.topology.user;

import dev.kombo.settings.Millis;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.common.utils.Bytes;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Decides when each stored shopper is maintained: once a day, at a millisecond of the day of its own. Kept in a part of
 * the timer store. A shopper is entered once, so recurring work needs no timer each time. Progress is stored once a
 * minute; after a restart some visits are repeated, which has no effect. Not thread-safe; used by the stream thread
 * that owns the partition.
 */
public final class ShopperVisits {
    /** First byte of the keys of visits; a timer's key begins with a time, whose first byte is 0. */
    private static final byte VISIT = 1;

    private static final Bytes PROGRESS = Bytes.wrap(new byte[] {2});
    private static final byte[] NOTHING = new byte[0];
    private static final int SLOT_END = 1 + Integer.BYTES;
    private static final long NOT_BEGUN = Long.MIN_VALUE;

    private final KeyValueStore<Bytes, byte[]> store;
    /** Time of the first slot not visited yet, and the key to continue from if it is partly visited. */
    private long next = NOT_BEGUN;

    private Bytes within;
    private long stored = NOT_BEGUN;

    public ShopperVisits(KeyValueStore<Bytes, byte[]> store) {
        this.store = store;
    }

    /** A shopper and the millisecond of the day of its visit. */
    public record Visit(int slot, String shopperKey) {}

    /** Millisecond of the day. */
    static int slot(long time) {
        return (int) Math.floorMod(time, Millis.DAY);
    }

    public void add(int slot, String shopperKey) {
        store.put(key(slot, shopperKey), NOTHING);
    }

    void remove(int slot, String shopperKey) {
        store.delete(key(slot, shopperKey));
    }

    /** Returns the visits due since the last call, at most {@code limit}; the rest is left for the next call. */
    public List<Visit> due(long now, int limit) {
        if (next == NOT_BEGUN) {
            byte[] progress = store.get(PROGRESS);
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
            store.put(PROGRESS, ByteBuffer.allocate(Long.BYTES).putLong(next).array());
            stored = next;
        }
        return due;
    }

    /** Continues to the end of the day at most. */
    private void collect(long now, int limit, List<Visit> due) {
        long midnight = next - slot(next);
        long last = Math.min(now, midnight + Millis.DAY - 1);
        Bytes from = within == null ? key(slot(next), "") : within;
        try (KeyValueIterator<Bytes, byte[]> visits = store.range(from, key(slot(last) + 1, ""))) {
            while (visits.hasNext()) {
                Bytes found = visits.next().key;
                ByteBuffer key = ByteBuffer.wrap(found.get(), 1, found.get().length - 1);
                int slot = key.getInt();
                due.add(new Visit(slot, StandardCharsets.UTF_8.decode(key).toString()));
                if (due.size() == limit) {
                    next = midnight + slot;
                    within = Bytes.wrap(ByteBuffer.allocate(found.get().length + 1)
                            .put(found.get())
                            .array());
                    return;
                }
            }
        }
        next = last + 1;
        within = null;
    }

    private static Bytes key(int slot, String shopperKey) {
        byte[] shopper = shopperKey.getBytes(StandardCharsets.UTF_8);
        return Bytes.wrap(ByteBuffer.allocate(SLOT_END + shopper.length)
                .put(VISIT)
                .putInt(slot)
                .put(shopper)
                .array());
    }
}
