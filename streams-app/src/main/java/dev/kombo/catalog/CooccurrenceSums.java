package dev.kombo.catalog;

import java.util.Arrays;

/**
 * Weighted sums of the links of several targets, by the item or bundle linked to: dense, because a long history has
 * tens of thousands of links and each should cost one addition. Bundles lie below the origin and items from it on, so
 * that a link's code is its place. Clearing walks only the pages written to. Touched by one thread.
 */
public final class CooccurrenceSums {
    private static final int PAGES = 64;

    private float[] sums = {};
    private int origin;
    private int pageBits;
    private long dirty;

    /** Sets all sums to 0 and makes room for all that the index knows now. */
    public void clear(CatalogIndex index) {
        int bundles = index.bundleCount();
        int items = index.itemCount();
        if (bundles > origin || origin + items > sums.length) {
            origin = room(bundles);
            sums = new float[origin + room(items)];
            pageBits = 0;
            while (sums.length >> pageBits >= PAGES) {
                pageBits++;
            }
            dirty = 0;
            return;
        }
        for (; dirty != 0; dirty &= dirty - 1) {
            int from = Long.numberOfTrailingZeros(dirty) << pageBits;
            Arrays.fill(sums, from, Math.min(sums.length, from + (1 << pageBits)), 0f);
        }
    }

    private static int room(int count) {
        return count + count / 4 + 64;
    }

    /** Adds the links of one target; what came into the index since {@link #clear} may be left out. */
    public void add(CooccurrenceLinks links, float weight) {
        dirty |= links.addTo(sums, origin, weight, pageBits);
    }

    /** Sum of an item that is part of a bundle; of others it is 0 or any part of it. */
    public float ofItem(int ordinal) {
        return at(origin + ordinal);
    }

    /** Sum of a bundle. */
    public float ofBundle(int ordinal) {
        return at(origin + ~ordinal);
    }

    private float at(int place) {
        return place >= 0 && place < sums.length ? sums[place] : 0f;
    }
}
