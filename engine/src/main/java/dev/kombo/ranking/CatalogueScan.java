package dev.kombo.ranking;

import dev.kombo.catalog.CatalogIndex;
import java.util.Arrays;

/**
 * Picks the best of many bundles by the signals that are cheap and say most: cosine, popularity, and own popularity, each
 * standardised over the bundles scanned. Reads columns of the index only; a bundle is followed where two score the same, to tell them
 * apart by hash. Touched by one thread.
 */
final class CatalogueScan {
    /** Bins that scores are counted in. */
    private static final int BINS = 512;

    private final CatalogIndex index;
    private float[] logPopularities = {};
    private float[] logOwnPopularities = {};
    private int[] ordinals = {};
    private float[] cosines = {};
    private float[] popularities = {};
    private float[] ownPopularities = {};
    private float[] standardCosines = {};
    private float[] standardPopularities = {};
    private float[] scores = {};
    private int size;
    private final int[] bins = new int[BINS];
    private float cosineWeight;
    private float popularityWeight;
    private float ownPopularityWeight;

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
        ownPopularityWeight = weights[Signal.OWN_POPULARITY.ordinal()];
        if (bundles > ordinals.length) {
            int length = bundles + bundles / 4;
            logPopularities = new float[length];
            logOwnPopularities = new float[length];
            ordinals = new int[length];
            cosines = new float[length];
            popularities = new float[length];
            ownPopularities = new float[length];
            standardCosines = new float[length];
            standardPopularities = new float[length];
            scores = new float[length];
        }
        index.logPopularitiesLong(logPopularities, bundles);
        index.logOwnPopularities(logOwnPopularities, bundles);
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
                ownPopularities[added] = Softplus.of(logOwnPopularities[ordinal] - reference);
                added++;
            }
        }
        size = added;
    }

    /** Scores all bundles added. */
    void score() {
        Standardizer.standardize(cosines, standardCosines, size);
        Standardizer.standardize(popularities, standardPopularities, size);
        Standardizer.standardize(ownPopularities, scores, size);
        for (int i = 0; i < size; i++) {
            scores[i] = cosineWeight * standardCosines[i]
                    + popularityWeight * standardPopularities[i]
                    + ownPopularityWeight * scores[i];
        }
    }

    /**
     * Brings the best of the first {@code count} bundles before the others of them, in no order among themselves: a count
     * by score leaves all but the few of one bin undecided, without a branch that could be mispredicted for each bundle.
     *
     * @return how many come first: {@code most}, or all there are
     */
    int bestFirst(int count, int most) {
        if (most >= count) {
            return count;
        }
        float lowest = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        for (int i = 0; i < count; i++) {
            lowest = Math.min(lowest, scores[i]);
            highest = Math.max(highest, scores[i]);
        }
        float scale = highest > lowest ? (BINS - 1) / (highest - lowest) : 0f;
        Arrays.fill(bins, 0);
        for (int i = 0; i < count; i++) {
            bins[(int) ((scores[i] - lowest) * scale)]++;
        }
        int bin = BINS;
        int above = 0;
        while (above + bins[bin - 1] <= most) {
            above += bins[--bin];
        }
        int sure = first(0, count, lowest, scale, bin);
        int possible = first(sure, count, lowest, scale, bin - 1);
        select(sure, possible - 1, most - 1);
        return most;
    }

    /** Brings those of a bin or a higher one to {@code from} on, and answers where they end. */
    private int first(int from, int to, float lowest, float scale, int bin) {
        int next = from;
        for (int i = from; i < to; i++) {
            if ((int) ((scores[i] - lowest) * scale) >= bin) {
                swap(next++, i);
            }
        }
        return next;
    }

    /** Quickselect (Hoare, Algorithm 65: Find, 1961): after it, none in [from, last] comes after one in (last, to]. */
    private void select(int first, int end, int last) {
        int from = first;
        int to = end;
        while (from < to) {
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
