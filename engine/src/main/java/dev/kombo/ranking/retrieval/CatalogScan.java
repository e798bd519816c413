package dev.kombo.ranking.retrieval;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.shopper.ShopperView;
import dev.kombo.ranking.signals.Softplus;
import dev.kombo.ranking.signals.Standardizer;
import java.util.Arrays;

/**
 * Selects the best of many bundles by the three most informative cheap signals: cosine, popularity, and own popularity,
 * each standardised over all bundles. Reads columns of the index only; an entry is loaded only to break a tie by hash.
 * Values that do not depend on the shopper are cached until they change. Not thread-safe.
 */
final class CatalogScan {
    /** Number of bins in which scores are counted. */
    private static final int BINS = 512;

    /** Arrays get room for a quarter more. */
    private static final int SPARE_PART = 4;

    /**
     * Moments at which popularities are taken, per unit of their logarithm: with a half-life of 30 days, one per 16
     * hours.
     */
    private static final int MOMENTS = 64;

    private final CatalogIndex index;

    private long version = -1;
    private double moment = Double.NaN;
    private int bundles;
    private int known;
    private int[] knownOrdinals = {};
    private float[] popularities = {};
    private float[] ownPopularities = {};

    private float[] cosines = {};
    private float[] scores = {};
    private final int[] bins = new int[BINS];

    private int[] skips = {};
    private float lowest;
    private float scale;
    private int lowestTaken;
    private int left;

    private int[] ordinals = {};
    private float[] chosenScores = {};
    private int size;

    CatalogScan(CatalogIndex index) {
        this.index = index;
    }

    /**
     * Scores all bundles of the index; {@link #take} then takes the best of them.
     *
     * @param count of bundles: all ordinals lie in [0, count)
     * @param stamps by ordinal: bundles with this stamp are left out
     */
    void score(ShopperView view, float[] weights, int count, int[] stamps, int stamp) {
        refresh(count, Math.floor(view.decayLong() * MOMENTS) / MOMENTS);
        float[] products = view.products(count);
        int skipped = 0;
        for (int i = 0; i < known; i++) {
            int ordinal = knownOrdinals[i];
            cosines[i] = products[ordinal];
            skips[skipped] = i;
            skipped += stamps[ordinal] == stamp ? 1 : 0;
        }
        Standardizer.standardize(cosines, cosines, known);
        score(weights);
        fillBins(skipped);
        size = 0;
        left = known - skipped;
    }

    private void refresh(int count, double at) {
        long current = index.popularityVersion();
        if (current == version && at == moment && count == bundles) {
            return;
        }
        version = current;
        moment = at;
        bundles = count;
        if (count > scores.length) {
            int length = count + count / SPARE_PART;
            knownOrdinals = new int[length];
            popularities = new float[length];
            ownPopularities = new float[length];
            cosines = new float[length];
            scores = new float[length];
            skips = new int[length + 1];
            ordinals = new int[length + 1];
            chosenScores = new float[length + 1];
        }
        index.logPopularitiesLong(cosines, count);
        index.logOwnPopularities(scores, count);
        known = 0;
        for (int ordinal = 0; ordinal < count; ordinal++) {
            // A bundle that was removed or is not known yet has no score.
            if (!Float.isNaN(cosines[ordinal])) {
                knownOrdinals[known] = ordinal;
                popularities[known] = Softplus.of(cosines[ordinal] - at);
                ownPopularities[known] = Softplus.of(scores[ordinal] - at);
                known++;
            }
        }
        Standardizer.standardize(popularities, popularities, known);
        Standardizer.standardize(ownPopularities, ownPopularities, known);
    }

    /** Whether some weight of the signals that it goes by is not 0. */
    static boolean usesAny(float[] weights) {
        return weights[Signal.COSINE.ordinal()] != 0
                || weights[Signal.POPULARITY_LONG.ordinal()] != 0
                || weights[Signal.OWN_POPULARITY.ordinal()] != 0;
    }

    private void score(float[] weights) {
        float cosine = weights[Signal.COSINE.ordinal()];
        float popularity = weights[Signal.POPULARITY_LONG.ordinal()];
        float ownPopularity = weights[Signal.OWN_POPULARITY.ordinal()];
        for (int i = 0; i < known; i++) {
            scores[i] = cosine * cosines[i] + (popularity * popularities[i] + ownPopularity * ownPopularities[i]);
        }
    }

    /**
     * Counts the scores in bins of equal width: the histogram decides all but the few of one bin, without a branch per
     * bundle that could be mispredicted.
     */
    private void fillBins(int skipped) {
        float least = Float.POSITIVE_INFINITY;
        float highest = Float.NEGATIVE_INFINITY;
        // Comparisons, which are predicted: Math.min and max would be a chain of dependent steps.
        for (int i = 0; i < known; i++) {
            float score = scores[i];
            least = score < least ? score : least;
            highest = score > highest ? score : highest;
        }
        lowest = least;
        float spread = highest - least;
        // Equal but for less than what a bin can tell apart.
        scale = spread > BINS * Float.MIN_NORMAL ? (BINS - 1) / spread : 1f;
        Arrays.fill(bins, 0);
        for (int i = 0; i < known; i++) {
            bins[bin(i)]++;
        }
        for (int i = 0; i < skipped; i++) {
            bins[bin(skips[i])]--;
            // Left-out bundles fall into no bin: negative infinity becomes the smallest integer.
            scores[skips[i]] = Float.NEGATIVE_INFINITY;
        }
        lowestTaken = BINS;
    }

    private int bin(int bundle) {
        return (int) ((scores[bundle] - lowest) * scale);
    }

    /**
     * Takes the next best, unordered: the bundles of the highest bins not taken yet that together hold at least so
     * many, or all that are left.
     */
    void take(int least) {
        int before = lowestTaken;
        int from = size;
        for (int above = 0; above < Math.min(least, left); above += bins[lowestTaken]) {
            lowestTaken--;
        }
        for (int i = 0; i < known; i++) {
            ordinals[size] = knownOrdinals[i];
            chosenScores[size] = scores[i];
            int bin = bin(i);
            size += bin >= lowestTaken && bin < before ? 1 : 0;
        }
        left -= size - from;
    }

    /** Number of bundles that can still be taken. */
    int left() {
        return left;
    }

    /** Keeps only the best of those taken. */
    void best(int most) {
        if (most < size) {
            select(0, size - 1, most - 1);
            size = most;
        }
    }

    /**
     * Quickselect (Hoare, Algorithm 65: Find, 1961): afterwards, none in [first, last] ranks after one in (last, end].
     */
    private void select(int first, int end, int last) {
        int from = first;
        int to = end;
        while (from < to) {
            int middle = (from + to) >>> 1;
            float pivot = chosenScores[middle];
            int pivotOrdinal = ordinals[middle];
            int left = from;
            int right = to;
            while (left <= right) {
                while (before(chosenScores[left], ordinals[left], pivot, pivotOrdinal)) {
                    left++;
                }
                while (before(pivot, pivotOrdinal, chosenScores[right], ordinals[right])) {
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

    /** Swaps two bundles taken. */
    void swap(int first, int second) {
        float score = chosenScores[first];
        int ordinal = ordinals[first];
        chosenScores[first] = chosenScores[second];
        ordinals[first] = ordinals[second];
        chosenScores[second] = score;
        ordinals[second] = ordinal;
    }

    /** Removes the bundles taken from a position on. */
    void cut(int to) {
        size = to;
    }

    /** Number of bundles taken. */
    int size() {
        return size;
    }

    /** Score of bundle {@code i} of those taken: a few units at most. */
    float score(int i) {
        return chosenScores[i];
    }

    /** Ordinal of bundle {@code i} of those taken. */
    int ordinal(int i) {
        return ordinals[i];
    }
}
