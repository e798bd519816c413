package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.profile.RecentInteractions;

/** The latest distinct entities of a history that the index knows, latest first. Not thread-safe. */
final class TouchedTargets {
    private final CatalogIndex index;
    private final long[] targets;
    private final int[] codes;
    private final float[] weights;
    private int size;

    /** @param most largest number of entities */
    TouchedTargets(CatalogIndex index, int most) {
        this.index = index;
        targets = new long[most];
        codes = new int[most];
        weights = new float[most];
    }

    /** Loads a history. */
    void load(RecentInteractions recent) {
        size = 0;
        for (int i = recent.size() - 1; i >= 0 && size < targets.length; i--) {
            long target = recent.target(i);
            if (!known(target)) {
                int item = index.itemOrdinal(target);
                int bundle = item == CatalogIndex.UNKNOWN ? index.bundleOrdinal(target) : CatalogIndex.UNKNOWN;
                if (item != CatalogIndex.UNKNOWN || bundle != CatalogIndex.UNKNOWN) {
                    targets[size] = target;
                    codes[size] = item != CatalogIndex.UNKNOWN ? item : ~bundle;
                    weights[size++] = recent.type(i).preference();
                }
            }
        }
    }

    private boolean known(long target) {
        for (int t = 0; t < size; t++) {
            if (targets[t] == target) {
                return true;
            }
        }
        return false;
    }

    /** Number of distinct entities. */
    int size() {
        return size;
    }

    /** Hash of entity {@code t}. */
    long hash(int t) {
        return targets[t];
    }

    /** Whether entity {@code t} is an item; otherwise it is a bundle. */
    boolean isItem(int t) {
        return codes[t] >= 0;
    }

    /** Ordinal of entity {@code t} as an item or bundle. */
    int ordinal(int t) {
        return codes[t] >= 0 ? codes[t] : ~codes[t];
    }

    /** Preference of the latest interaction with it, 0 to 1. */
    float weight(int t) {
        return weights[t];
    }
}
