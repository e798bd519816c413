package dev.kombo.profile;

import java.nio.ByteBuffer;
import java.util.Arrays;

/**
 * Which items a customer holds: a purchase opens, a return closes, and the later of the two holds, whatever the order in
 * which they come; at one time the purchase. So what is held twice is taken in once, and two profiles are merged item by
 * item. Nothing gives way: what is held is known without limit of time. After {@value #MOST} different items, more than
 * any house has, the customer is taken to hold everything. Touched only by the stream thread that owns the shopper's
 * partition.
 */
public final class Holdings {
    private static final int MOST = 1_024;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final int capacity;
    /** Ascending. */
    private long[] items = {};
    /** Twice the time of the latest change of each, and 1 where it opened: so the later change is the larger number. */
    private long[] changes = {};

    private int size;

    /** Nothing is held; where holdings are not kept, ever. */
    public Holdings(ProfileLimits limits) {
        this(limits.holdings() ? MOST : 0);
    }

    private Holdings(int capacity) {
        this.capacity = capacity;
    }

    /** Reads what {@link #write} wrote; nothing where holdings are not kept. */
    public static Holdings read(ByteBuffer bytes, ProfileLimits limits) {
        Holdings holdings = new Holdings(limits);
        while (bytes.remaining() >= ENTRY_BYTES) {
            holdings.change(bytes.getLong(), bytes.getLong());
        }
        return holdings;
    }

    /** All as bytes: hash of the item's target and latest change of each. */
    public ByteBuffer write() {
        ByteBuffer bytes = ByteBuffer.allocate(size * ENTRY_BYTES);
        for (int i = 0; i < size; i++) {
            bytes.putLong(items[i]).putLong(changes[i]);
        }
        return bytes.flip();
    }

    /** An item is held from a time on. */
    void open(long item, long time) {
        change(item, 2 * time + 1);
    }

    /** An item is held no more from a time on. */
    void close(long item, long time) {
        change(item, 2 * time);
    }

    private void change(long item, long change) {
        int at = Arrays.binarySearch(items, 0, size, item);
        if (at >= 0) {
            changes[at] = Math.max(changes[at], change);
        } else if (size < capacity) {
            insert(-at - 1, item, change);
        }
    }

    private void insert(int at, long item, long change) {
        if (size == items.length) {
            items = Arrays.copyOf(items, Math.min(capacity, size + 8 + size / 2));
            changes = Arrays.copyOf(changes, items.length);
        }
        System.arraycopy(items, at, items, at + 1, size - at);
        System.arraycopy(changes, at, changes, at + 1, size - at);
        items[at] = item;
        changes[at] = change;
        size++;
    }

    /** Takes over those of another: of each item the later change. */
    void absorb(Holdings other) {
        for (int i = 0; i < other.size; i++) {
            change(other.items[i], other.changes[i]);
        }
    }

    /** Items that are or were held. */
    public int size() {
        return size;
    }

    /** Whether an item, by the hash of its target, is held. */
    public boolean holds(long item) {
        return surelyHolds(item) || (size == MOST && capacity == MOST);
    }

    /** Whether an item is held that there was room to take in. */
    public boolean surelyHolds(long item) {
        int at = Arrays.binarySearch(items, 0, size, item);
        return at >= 0 && (changes[at] & 1) != 0;
    }

    /** Whether any item is held. */
    public boolean any() {
        for (int i = 0; i < size; i++) {
            if ((changes[i] & 1) != 0) {
                return true;
            }
        }
        return false;
    }
}
