package dev.kombo.ranking;

import java.util.Arrays;

/**
 * Numbers about items, by ordinal, that are cleared for each event without walking them: an item counts as marked only
 * where its stamp is the event's. Arrays grow with the ordinals seen. Touched by one thread.
 */
final class ItemMarks {
    /** Touched lately. */
    static final int RECENT = 1;
    /** In the cart or in the order that is coming in. */
    static final int BASKET = 2;
    /** In the order that is coming in. */
    static final int ORDERED = 4;
    /** Part of what triggered the offer. */
    static final int TRIGGER = 8;

    private int stamp;
    private int[] stamps = new int[256];
    private int[] flags = new int[256];
    private int[] cartUnits = new int[256];
    private float[] neighbor = new float[256];
    private float[] basketNeighbor = new float[256];
    private float[] repeat = new float[256];
    private long[] boughtAt = new long[256];
    private int[] marked = new int[256];
    private int size;

    /** Forgets everything. */
    void clear() {
        size = 0;
        stamp++;
        if (stamp == 0) {
            Arrays.fill(stamps, 0);
            stamp = 1;
        }
    }

    /** Marks an item, with all numbers 0 where it was not marked before. */
    private void mark(int item) {
        if (item >= stamps.length) {
            grow(Math.max(item + 1, stamps.length * 2));
        }
        if (stamps[item] != stamp) {
            stamps[item] = stamp;
            flags[item] = 0;
            cartUnits[item] = 0;
            neighbor[item] = 0;
            basketNeighbor[item] = 0;
            repeat[item] = 0;
            boughtAt[item] = Long.MIN_VALUE;
            marked[size++] = item;
        }
    }

    private void grow(int length) {
        stamps = Arrays.copyOf(stamps, length);
        flags = Arrays.copyOf(flags, length);
        cartUnits = Arrays.copyOf(cartUnits, length);
        neighbor = Arrays.copyOf(neighbor, length);
        basketNeighbor = Arrays.copyOf(basketNeighbor, length);
        repeat = Arrays.copyOf(repeat, length);
        boughtAt = Arrays.copyOf(boughtAt, length);
        marked = Arrays.copyOf(marked, length);
    }

    void flag(int item, int flag) {
        mark(item);
        flags[item] |= flag;
    }

    void cart(int item, int units) {
        flag(item, BASKET);
        cartUnits[item] += units;
    }

    void addNeighbor(int item, float score) {
        mark(item);
        neighbor[item] += score;
    }

    void addBasketNeighbor(int item, float score) {
        mark(item);
        basketNeighbor[item] += score;
    }

    void bought(int item, float logRepeat, long time) {
        mark(item);
        repeat[item] = logRepeat;
        boughtAt[item] = time;
    }

    /** Whether anything is known of the item; the other getters may be asked only then. */
    boolean isMarked(int item) {
        return item < stamps.length && stamps[item] == stamp;
    }

    boolean has(int item, int flag) {
        return isMarked(item) && (flags[item] & flag) != 0;
    }

    int flags(int item) {
        return flags[item];
    }

    int cartUnits(int item) {
        return cartUnits[item];
    }

    float neighbor(int item) {
        return neighbor[item];
    }

    float basketNeighbor(int item) {
        return basketNeighbor[item];
    }

    float repeat(int item) {
        return repeat[item];
    }

    /** When it was last bought, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    long boughtAt(int item) {
        return boughtAt[item];
    }

    /** Number of items marked. */
    int size() {
        return size;
    }

    /** Ordinal of marked item {@code index}, in the order in which they were first marked. */
    int item(int index) {
        return marked[index];
    }
}
