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
            if (place < 0 && !known(target)) {
                continue;
            }
            double age = Math.max(0, (double) now - recent.time(i));
            float weight = recent.type(i).preference()
                    * (float) Math.exp(-Math.log(2) / ShopperView.REPEAT_HALF_LIFE_MILLIS * age);
            taken++;
            if (place < 0) {
                place = append(target);
            }
            weights[place] += weight;
        }
    }

    private boolean known(long target) {
        return index.itemOrdinal(target) != CatalogIndex.UNKNOWN || index.bundleOrdinal(target) != CatalogIndex.UNKNOWN;
    }

    private int find(long target) {
        for (int t = 0; t < size; t++) {
            if (targets[t] == target) {
                return t;
            }
        }
        return -1;
    }

    private int append(long target) {
        if (size == targets.length) {
            targets = Arrays.copyOf(targets, 2 * size);
            weights = Arrays.copyOf(weights, 2 * size);
        }
        targets[size] = target;
        weights[size] = 0f;
        return size++;
    }

    /** Number of different targets. */
    int size() {
        return size;
    }

    /** Hash of target {@code t}. */
    long target(int t) {
        return targets[t];
    }

    /** Its weight, 0 or more. */
    float weight(int t) {
        return weights[t];
    }
}
