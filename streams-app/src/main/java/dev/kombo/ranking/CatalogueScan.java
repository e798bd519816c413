package dev.kombo.ranking;

import dev.kombo.catalog.CatalogIndex;

/**
 * Picks the best of many bundles by the two signals that are cheap and say most, taste and popularity, each standardised
 * over the bundles scanned. Reads columns of the index only; a bundle is followed where two score the same, to tell them
 * apart by hash. Touched by one thread.
 */
final class CatalogueScan {
    private final CatalogIndex index;
    private float[] logPopularities = {};
    private int[] ordinals = {};
    private float[] cosines = {};
    private float[] popularities = {};
    private float[] standardCosines = {};
    private float[] scores = {};
    private int size;
    private float cosineWeight;
    private float popularityWeight;

    CatalogueScan(CatalogIndex index) {
        this.index = index;
    }

    /**
     * Starts a scan over the bundles of the index.
     *
     * @param bundles all ordinals lie in [0, bundles)
     * @param stamps by ordinal: bundles with this stamp are left out
     */
    void begin(ShopperView view, float[] weights, int bundles, int[] stamps, int stamp) {
        cosineWeight = weights[Signal.COSINE.ordinal()];
        popularityWeight = weights[Signal.POPULARITY_LONG.ordinal()];
        if (bundles > ordinals.length) {
            int length = bundles + bundles / 4;
            logPopularities = new float[length];
            ordinals = new int[length];
            cosines = new float[length];
            popularities = new float[length];
            standardCosines = new float[length];
            scores = new float[length];
        }
        index.logPopularitiesLong(logPopularities, bundles);
        float[] products = view.products(bundles);
        double reference = view.decayLong();
        int added = 0;
        for (int ordinal = 0; ordinal < bundles; ordinal++) {
            float logPopularity = logPopularities[ordinal];
            // A bundle that was removed or is not known yet has none.
            if (!Float.isNaN(logPopularity) && stamps[ordinal] != stamp) {
                ordinals[added] = ordinal;
                cosines[added] = products[ordinal];
                popularities[added] = Softplus.of(logPopularity - reference);
                added++;
            }
        }
        size = added;
    }

    /** Scores all bundles added. */
    void score() {
        Standardizer.standardize(cosines, standardCosines, size);
        Standardizer.standardize(popularities, scores, size);
        for (int i = 0; i < size; i++) {
            scores[i] = cosineWeight * standardCosines[i] + popularityWeight * scores[i];
        }
    }

    /**
     * Brings the best of the first {@code count} bundles before the others of them, in no order among themselves
     * (quickselect: Hoare, Algorithm 65: Find, 1961).
     *
     * @return how many come first: {@code most}, or all there are
     */
    int bestFirst(int count, int most) {
        int from = 0;
        int to = count - 1;
        int last = most - 1;
        while (most < count && from < to) {
            int middle = (from + to) >>> 1;
            float pivot = scores[middle];
            int pivotOrdinal = ordinals[middle];
            int left = from;
            int right = to;
            while (left <= right) {
                while (before(scores[left], ordinals[left], pivot, pivotOrdinal)) {
                    left++;
                }
                while (before(pivot, pivotOrdinal, scores[right], ordinals[right])) {
                    right--;
                }
                if (left <= right) {
                    swap(left++, right--);
                }
            }
            if (last <= right) {
                to = right;
            } else if (last >= left) {
                from = left;
            } else {
                break;
            }
        }
        return Math.min(most, count);
    }

    private boolean before(float score, int ordinal, float otherScore, int otherOrdinal) {
        return score > otherScore
                || (score == otherScore
                        && ordinal != otherOrdinal
                        && index.bundleHash(ordinal) < index.bundleHash(otherOrdinal));
    }

    /** Exchanges two bundles. */
    void swap(int first, int second) {
        float score = scores[first];
        int ordinal = ordinals[first];
        scores[first] = scores[second];
        ordinals[first] = ordinals[second];
        scores[second] = score;
        ordinals[second] = ordinal;
    }

    /** Number of bundles added. */
    int size() {
        return size;
    }

    /** Ordinal of bundle {@code i}. */
    int ordinal(int i) {
        return ordinals[i];
    }
}
