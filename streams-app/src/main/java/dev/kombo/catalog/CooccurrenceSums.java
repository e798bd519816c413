package dev.kombo.catalog;

import java.util.Arrays;

/**
 * Weighted sums of the links of several targets, by the item or bundle linked to: dense, because a long history has
 * tens of thousands of links and each should cost one addition. Bundles lie below the origin and items from it on, so
 * that a link's code is its place. Clearing walks only the pages written to. Touched by one thread.
 */
public final class CooccurrenceSums {
    private static final int PAGE_BITS = 10;

    private float[] sums = {};
    private boolean[] dirty = {};
    private int origin;

    /** Sets all sums to 0 and makes room for all that the index knows now. */
    public void clear(CatalogIndex index) {
        int bundles = index.bundleCount();
        int items = index.itemCount();
        if (bundles > origin || origin + items > sums.length) {
            origin = room(bundles);
            sums = new float[origin + room(items)];
            dirty = new boolean[(sums.length >> PAGE_BITS) + 1];
            return;
        }
        for (int page = 0; page < dirty.length; page++) {
            if (dirty[page]) {
                int from = page << PAGE_BITS;
                Arrays.fill(sums, from, Math.min(sums.length, from + (1 << PAGE_BITS)), 0f);
                dirty[page] = false;
            }
        }
    }

    private static int room(int count) {
        return count + count / 4 + 64;
    }

    /** Adds the links of one target; what came into the index since {@link #clear} may be left out. */
    public void add(CooccurrenceLinks links, float weight) {
        links.addTo(sums, origin, weight, dirty, PAGE_BITS);
    }

    /** Sum of an item. */
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
