package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.BundleEntry;
import java.util.Arrays;

/**
 * Says what one shopper has to do with each item, such as basket, purchases and trigger, by the number of the item. It
 * is cleared for each event in constant time: a sparse set (Briggs, Torczon: An Efficient Representation for Sparse
 * Sets, 1993), in which an item is in the set only if the row that it points to points back to the item. All numbers of
 * an item are adjacent in a row of one array, and so are the rows of one event, so that they stay in the caches; floats
 * and halves of longs are stored as their bits. Grows with the ordinals in use. Not thread-safe.
 */
public final class ShopperItems {
    /** Flag: in a recent interaction. */
    public static final int RECENT = 1;
    /** Flag: in the cart or the open order. */
    public static final int BASKET = 2;
    /** Flag: in the open order. */
    public static final int ORDERED = 4;
    /** Flag: part of the trigger. */
    public static final int TRIGGER = 8;
    /** Flag: among the latest distinct entities of the history. */
    public static final int INTERACTED = 16;
    /** Flag: the customer holds it. */
    public static final int HELD = 32;
    /** Flag: it is known whether {@link #BOUGHT_ONCE} holds. */
    public static final int REPURCHASE_KNOWN = 64;
    /** Flag: bought, and hardly ever bought again. */
    public static final int BOUGHT_ONCE = 128;

    private static final int SHIFT = 4;
    private static final int FLAGS = 0;
    private static final int CART_UNITS = 1;
    private static final int REPEAT = 2;
    private static final int BOUGHT_HIGH = 3;
    private static final int BOUGHT_LOW = 4;
    private static final int RECENCY = 5;
    private static final int BASKET_CONFIDENCE = 6;
    private static final int BASKET_FIT = 7;
    private static final int COUNT = 8;
    private static final int LATEST_CONFIDENCE = 9;

    /** Row of each item; valid only if that row points back to the item. */
    private int[] rows = new int[256];

    private int[] cells = new int[256 << SHIFT];
    private int[] items = new int[256];
    private int size;
    private long basketMask;
    private long boughtMask;

    /** Removes all items. */
    void clear() {
        size = 0;
        basketMask = 0;
        boughtMask = 0;
    }

    /** Adds an item, with all numbers 0 where it was not in the set before; returns where its numbers begin. */
    private int add(int item) {
        if (contains(item)) {
            return rows[item] << SHIFT;
        }
        if (item >= rows.length) {
            rows = Arrays.copyOf(rows, Math.max(item + 1, rows.length * 2));
        }
        if (size == items.length) {
            items = Arrays.copyOf(items, 2 * size);
            cells = Arrays.copyOf(cells, items.length << SHIFT);
        }
        int at = size << SHIFT;
        Arrays.fill(cells, at, at + (1 << SHIFT), 0);
        cells[at + BOUGHT_HIGH] = Integer.MIN_VALUE;
        rows[item] = size;
        items[size++] = item;
        return at;
    }

    /** Sets flags of an item. */
    public void flag(int item, int flag) {
        int at = add(item);
        cells[at + FLAGS] |= flag;
        if ((flag & BASKET) != 0) {
            basketMask |= BundleEntry.mask(item);
        }
    }

    void cart(int item, int units) {
        flag(item, BASKET);
        int at = add(item);
        cells[at + CART_UNITS] += units;
    }

    /**
     * Raises the item's confidence from a basket item and its association with it; the highest count.
     *
     * @param latest whether that is one of the latest lines
     */
    void raiseBasket(int item, float confidence, float fit, boolean latest) {
        int at = add(item);
        raise(at + BASKET_FIT, fit);
        raise(at + BASKET_CONFIDENCE, confidence);
        if (latest) {
            raise(at + LATEST_CONFIDENCE, confidence);
        }
    }

    /** Raises the item's association with a basket item; the strongest counts. */
    void raiseBasketFit(int item, float fit) {
        raise(add(item) + BASKET_FIT, fit);
    }

    private void raise(int cell, float value) {
        cells[cell] = Float.floatToRawIntBits(Math.max(value, Float.intBitsToFloat(cells[cell])));
    }

    /**
     * Records purchases.
     *
     * @param logCount ln(1 + number)
     * @param logRepeat ln(1 + decayed number)
     * @param recency how recent, 0 to 1
     * @param time of the last one, epoch milliseconds
     */
    void bought(int item, float logCount, float logRepeat, float recency, long time) {
        int at = add(item);
        cells[at + COUNT] = Float.floatToRawIntBits(logCount);
        cells[at + RECENCY] = Float.floatToRawIntBits(recency);
        cells[at + REPEAT] = Float.floatToRawIntBits(logRepeat);
        cells[at + BOUGHT_HIGH] = (int) (time >> Integer.SIZE);
        cells[at + BOUGHT_LOW] = (int) time;
        boughtMask |= BundleEntry.mask(item);
    }

    /** The {@link BundleEntry#mask} of the items in the basket. */
    public long basketMask() {
        return basketMask;
    }

    /** The {@link BundleEntry#mask} of the items ever bought. */
    public long boughtMask() {
        return boughtMask;
    }

    /** ln(1 + number of own purchases), however long ago. */
    public float logCount(int item) {
        return Float.intBitsToFloat(cells[(rows[item] << SHIFT) + COUNT]);
    }

    /** Whether the item is in the set; the other getters require it. */
    public boolean contains(int item) {
        if (item >= rows.length) {
            return false;
        }
        int row = rows[item];
        return row < size && items[row] == item;
    }

    public boolean has(int item, int flag) {
        return contains(item) && (flags(item) & flag) != 0;
    }

    public int flags(int item) {
        return cells[(rows[item] << SHIFT) + FLAGS];
    }

    public int cartUnits(int item) {
        return cells[(rows[item] << SHIFT) + CART_UNITS];
    }

    public float basketConfidence(int item) {
        return Float.intBitsToFloat(cells[(rows[item] << SHIFT) + BASKET_CONFIDENCE]);
    }

    public float latestConfidence(int item) {
        return Float.intBitsToFloat(cells[(rows[item] << SHIFT) + LATEST_CONFIDENCE]);
    }

    /** Its association with an item of the basket, 0 to 1; 0 where it is not in the set. */
    public float basketFit(int item) {
        return contains(item) ? Float.intBitsToFloat(cells[(rows[item] << SHIFT) + BASKET_FIT]) : 0f;
    }

    public float recency(int item) {
        return Float.intBitsToFloat(cells[(rows[item] << SHIFT) + RECENCY]);
    }

    public float repeat(int item) {
        return Float.intBitsToFloat(cells[(rows[item] << SHIFT) + REPEAT]);
    }

    /** When it was last bought, epoch milliseconds, or {@link Long#MIN_VALUE}. */
    public long boughtAt(int item) {
        int at = rows[item] << SHIFT;
        return ((long) cells[at + BOUGHT_HIGH] << Integer.SIZE) | Integer.toUnsignedLong(cells[at + BOUGHT_LOW]);
    }

    /** Number of items in the set. */
    public int size() {
        return size;
    }

    /** Ordinal of item {@code index} of the set, in the order in which they were added. */
    public int item(int index) {
        return items[index];
    }
}
