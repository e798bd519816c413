package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.profile.RecentInteractions;

/** The latest distinct entities of a history that the index knows, latest first. Not thread-safe. */
final class RecentEntities {
    private final CatalogIndex index;
    private final long[] entities;
    private final int[] codes;
    private final int[] slots;
    private final float[] weights;
    private int size;

    /** @param most largest number of entities */
    RecentEntities(CatalogIndex index, int most) {
        this.index = index;
        entities = new long[most];
        codes = new int[most];
        slots = new int[most];
        weights = new float[most];
    }

    /** Loads a history. */
    void load(RecentInteractions recent) {
        size = 0;
        for (int i = recent.size() - 1; i >= 0 && size < entities.length; i--) {
            long entity = recent.entity(i);
            if (!known(entity)) {
                int item = index.itemOrdinal(entity);
                int bundle = item == CatalogIndex.UNKNOWN ? index.bundleOrdinal(entity) : CatalogIndex.UNKNOWN;
                if (item != CatalogIndex.UNKNOWN || bundle != CatalogIndex.UNKNOWN) {
                    entities[size] = entity;
                    slots[size] = index.factors().slot(entity);
                    codes[size] = item != CatalogIndex.UNKNOWN ? item : ~bundle;
                    weights[size++] = recent.type(i).preference();
                }
            }
        }
    }

    private boolean known(long entity) {
        for (int t = 0; t < size; t++) {
            if (entities[t] == entity) {
                return true;
            }
        }
        return false;
    }

    /** Number of distinct entities. */
    int size() {
        return size;
    }

    /** Slot of entity {@code t} among the factor vectors. */
    int slot(int t) {
        return slots[t];
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
