package dev.kombo.ranking;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.profile.RecentInteractions;
import java.util.Arrays;

/**
 * The different targets of a history, each with the sum of its interactions' weights: what is done for a target is then
 * done once, however often it was viewed, put into the cart and bought. Touched by one thread.
 */
final class TouchedTargets {
    private final CatalogIndex index;
    private long[] targets = new long[64];
    private int[] codes = new int[64];
    private float[] weights = new float[64];
    private int size;

    TouchedTargets(CatalogIndex index) {
        this.index = index;
    }

    /**
     * Takes in the latest interactions with targets that the index knows, the latest first.
     *
     * @param most interactions taken in, at most
     * @param now epoch milliseconds: with {@link ShopperView#REPEAT_HALF_LIFE_MILLIS} an interaction comes to weigh half
     */
    void load(RecentInteractions recent, int most, long now) {
        size = 0;
        int taken = 0;
        for (int i = recent.size() - 1; i >= 0 && taken < most; i--) {
            long target = recent.target(i);
            int place = find(target);
            if (place < 0) {
                place = append(target);
            }
            if (place < 0) {
                continue;
            }
            double age = Math.max(0, (double) now - recent.time(i));
            float weight = recent.type(i).preference()
                    * (float) Math.exp(-Math.log(2) / ShopperView.REPEAT_HALF_LIFE_MILLIS * age);
            taken++;
            weights[place] += weight;
        }
    }

    private int find(long target) {
        for (int t = 0; t < size; t++) {
            if (targets[t] == target) {
                return t;
            }
        }
        return -1;
    }

    /** Adds a target with weight 0 and answers its place, or -1 where the index does not know it. */
    private int append(long target) {
        int item = index.itemOrdinal(target);
        int bundle = item == CatalogIndex.UNKNOWN ? index.bundleOrdinal(target) : CatalogIndex.UNKNOWN;
        if (item == CatalogIndex.UNKNOWN && bundle == CatalogIndex.UNKNOWN) {
            return -1;
        }
        if (size == targets.length) {
            targets = Arrays.copyOf(targets, 2 * size);
            codes = Arrays.copyOf(codes, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
        }
        targets[size] = target;
        codes[size] = item != CatalogIndex.UNKNOWN ? item : ~bundle;
        weights[size] = 0f;
        return size++;
    }

    /** Number of different targets. */
    int size() {
        return size;
    }

    /** Whether target {@code t} is an item; otherwise it is a bundle. */
    boolean isItem(int t) {
        return codes[t] >= 0;
    }

    /** Ordinal of the item or bundle that is target {@code t}. */
    int ordinal(int t) {
        return codes[t] >= 0 ? codes[t] : ~codes[t];
    }

    /** Its weight, 0 or more. */
    float weight(int t) {
        return weights[t];
    }
}
