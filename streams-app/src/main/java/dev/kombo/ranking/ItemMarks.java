package dev.kombo.ranking;

import java.util.Arrays;

/**
 * Numbers about items, by ordinal, that are cleared for each event without walking them: an item counts as marked only
 * where its stamp is the event's. All numbers of an item lie side by side in one array, so that an item costs one cache
 * line; floats and halves of longs are kept as their bits. Grows with the ordinals seen. Touched by one thread.
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

    private static final int SHIFT = 4;
    private static final int FLAGS = 1;
    private static final int CART_UNITS = 2;
    private static final int NEIGHBOR = 3;
    private static final int BASKET_NEIGHBOR = 4;
    private static final int REPEAT = 5;
    private static final int BOUGHT_HIGH = 6;
    private static final int BOUGHT_LOW = 7;
    private static final int RECENCY = 8;
    private static final int DUE = 9;
    private static final int BASKET_CONFIDENCE = 10;
    private static final int COUNT = 11;

    private int stamp;
    private int[] cells = new int[256 << SHIFT];
    private int[] marked = new int[256];
    private int size;

    /** Forgets everything. */
    void clear() {
        size = 0;
        stamp++;
        if (stamp == 0) {
            Arrays.fill(cells, 0);
            stamp = 1;
        }
    }

    /** Marks an item, with all numbers 0 where it was not marked before; answers where its numbers begin. */
    private int mark(int item) {
        int at = item << SHIFT;
        if (at >= cells.length) {
            cells = Arrays.copyOf(cells, Math.max((item + 1) << SHIFT, cells.length * 2));
        }
        if (cells[at] != stamp) {
            Arrays.fill(cells, at, at + (1 << SHIFT), 0);
            cells[at] = stamp;
            cells[at + BOUGHT_HIGH] = Integer.MIN_VALUE;
            if (size == marked.length) {
                marked = Arrays.copyOf(marked, 2 * size);
            }
            marked[size++] = item;
        }
        return at;
    }

    void flag(int item, int flag) {
        int at = mark(item);
        cells[at + FLAGS] |= flag;
    }

    void cart(int item, int units) {
        int at = mark(item);
        cells[at + FLAGS] |= BASKET;
        cells[at + CART_UNITS] += units;
    }

    void addNeighbor(int item, float score) {
        add(mark(item) + NEIGHBOR, score);
    }

    void addBasketNeighbor(int item, float score) {
        add(mark(item) + BASKET_NEIGHBOR, score);
    }

    /** Notes ln(1 + number of purchases). */
    void logCount(int item, float logCount) {
        cells[mark(item) + COUNT] = Float.floatToRawIntBits(logCount);
    }

    /** Notes with which confidence an item of the basket makes it likely; the greatest counts. */
    void raiseBasketConfidence(int item, float confidence) {
        int cell = mark(item) + BASKET_CONFIDENCE;
        cells[cell] = Float.floatToRawIntBits(Math.max(confidence, Float.intBitsToFloat(cells[cell])));
    }

    private void add(int cell, float score) {
        cells[cell] = Float.floatToRawIntBits(Float.intBitsToFloat(cells[cell]) + score);
    }

    /**
     * Notes purchases.
     *
     * @param logRepeat ln(1 + decayed number)
     * @param recency how lately, 0 to 1
     * @param due how near the usual time for the next one is, 0 to 1
     * @param time of the last one, epoch milliseconds
     */
    void bought(int item, float logRepeat, float recency, float due, long time) {
        int at = mark(item);
        cells[at + RECENCY] = Float.floatToRawIntBits(recency);
        cells[at + DUE] = Float.floatToRawIntBits(due);
        cells[at + REPEAT] = Float.floatToRawIntBits(logRepeat);
        cells[at + BOUGHT_HIGH] = (int) (time >> 32);
        cells[at + BOUGHT_LOW] = (int) time;
    }

    /** Whether anything is known of the item; the other getters may be asked only then. */
    boolean isMarked(int item) {
        int at = item << SHIFT;
        return at < cells.length && cells[at] == stamp;
    }

    boolean has(int item, int flag) {
        return isMarked(item) && (flags(item) & flag) != 0;
    }

    int flags(int item) {
        return cells[(item << SHIFT) + FLAGS];
    }

    int cartUnits(int item) {
        return cells[(item << SHIFT) + CART_UNITS];
    }

    float neighbor(int item) {
        return Float.intBitsToFloat(cells[(item << SHIFT) + NEIGHBOR]);
    }

    float basketNeighbor(int item) {
        return Float.intBitsToFloat(cells[(item << SHIFT) + BASKET_NEIGHBOR]);
    }

    float logCount(int item) {
        return Float.intBitsToFloat(cells[(item << SHIFT) + COUNT]);
    }

    float basketConfidence(int item) {
        return Float.intBitsToFloat(cells[(item << SHIFT) + BASKET_CONFIDENCE]);
    }

    float recency(int item) {
        return Float.intBitsToFloat(cells[(item << SHIFT) + RECENCY]);
    }

    float due(int item) {
        return Float.intBitsToFloat(cells[(item << SHIFT) + DUE]);
    }

    float repeat(int item) {
        return Float.intBitsToFloat(cells[(item << SHIFT) + REPEAT]);
    }

    /** When it was last bought, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    long boughtAt(int item) {
        int at = item << SHIFT;
        return ((long) cells[at + BOUGHT_HIGH] << 32) | (cells[at + BOUGHT_LOW] & 0xffffffffL);
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
