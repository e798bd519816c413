package dev.kombo.profile;

import dev.kombo.codec.Fields;
import java.util.Arrays;

/**
 * The items that a customer holds: a purchase opens a holding and a return closes it. The later of the two wins,
 * whatever the order in which they arrive; at the same time, the purchase. So an item held twice is stored once, and
 * two profiles are merged item by item. Nothing expires or is replaced. After {@value #MOST} different items, more than
 * any house sells, the customer counts as holding everything. Not thread-safe: only the thread of the shopper's task
 * uses it.
 */
public final class Holdings {
    private static final int SPARE = 8;
    private static final int MOST = 1_024;
    private static final int ENTRY_BYTES = 2 * Long.BYTES;

    private final int capacity;
    /** Ascending. */
    private long[] items = {};
    /**
     * Twice the time of each item's latest change, plus 1 if it opened the holding, so that the later change is the
     * larger number.
     */
    private long[] changes = {};

    private int size;

    /** Creates empty holdings; they stay empty where holdings are not kept. */
    public Holdings(ProfileLimits limits) {
        capacity = limits.holdings() ? MOST : 0;
    }

    void fields(Fields f) {
        int stored = f.size(size, ENTRY_BYTES);
        if (stored > items.length) {
            items = new long[stored];
            changes = new long[stored];
        }
        for (int i = 0; i < stored; i++) {
            items[i] = f.fixed(items[i]);
            changes[i] = f.fixed(changes[i]);
        }
        // Nothing is left where holdings are no longer kept.
        size = Math.min(stored, capacity);
    }

    /** Records that an item is held from a time on. */
    void open(long item, long time) {
        change(item, 2 * time + 1);
    }

    /** Records that an item is no longer held from a time on. */
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
            items = Arrays.copyOf(items, Math.min(capacity, size + SPARE + size / 2));
            changes = Arrays.copyOf(changes, items.length);
        }
        System.arraycopy(items, at, items, at + 1, size - at);
        System.arraycopy(changes, at, changes, at + 1, size - at);
        items[at] = item;
        changes[at] = change;
        size++;
    }

    /** Merges the holdings of another shopper: the later change of each item wins. */
    void absorb(Holdings other) {
        for (int i = 0; i < other.size; i++) {
            change(other.items[i], other.changes[i]);
        }
    }

    /** Number of items that are or were held. */
    public int size() {
        return size;
    }

    /** Whether an item, by its hash as an entity, is held. */
    public boolean holds(long item) {
        return surelyHolds(item) || (size == MOST && capacity == MOST);
    }

    /** Whether an item is held and stored as such, not merely presumed because the table is full. */
    public boolean surelyHolds(long item) {
        int at = Arrays.binarySearch(items, 0, size, item);
        return at >= 0 && (changes[at] & 1) != 0;
    }

    /** Whether an item, by its hash as an entity, is or was held. */
    public boolean knows(long item) {
        return Arrays.binarySearch(items, 0, size, item) >= 0;
    }

    /** Whether a purchase at a time would open a holding of an item, by its hash as an entity, that is not held. */
    public boolean opens(long item, long time) {
        int at = Arrays.binarySearch(items, 0, size, item);
        return at < 0 ? size < capacity : (changes[at] & 1) == 0 && 2 * time + 1 > changes[at];
    }

    /** The item at a place below {@link #size}, by its hash as an entity. */
    public long item(int place) {
        return items[place];
    }

    /** Whether the item at a place below {@link #size} is held. */
    public boolean isHeld(int place) {
        return (changes[place] & 1) != 0;
    }

    /** Whether any item is held. */
    public boolean any() {
        for (int i = 0; i < size; i++) {
            if (isHeld(i)) {
                return true;
            }
        }
        return false;
    }
}
