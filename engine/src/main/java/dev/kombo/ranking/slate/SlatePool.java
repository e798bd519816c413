package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.ranking.SlateGoal;
import java.util.Arrays;

/**
 * The bundles that a slate is chosen from, with their values and prices; chooses one after the other by a goal, less
 * alike ones first. Not thread-safe, since buffers are reused.
 *
 * <p>Rank 1 is for any of them. Those whose odds are too small a share of the likeliest one's have no rank below: they
 * would be there only because they are dear, or because nothing else is left.
 */
final class SlatePool {
    private final MaximalMarginalRelevance diversity = new MaximalMarginalRelevance();
    private final int[] candidates;
    private final BundleEntry[] entries;
    private final double[] values;
    private final double[] logOdds;
    private final long[] prices;
    private final boolean[] taken;
    /** Logarithm of the smallest share of the best odds; negative infinity admits all. */
    private final double leastShare;

    private double bestOdds = Double.NEGATIVE_INFINITY;
    private int size;

    /**
     * @param most entries at most
     * @param oddsMin smallest odds at the ranks below the first, as a share of the best odds, 0 to 1
     */
    SlatePool(int most, double oddsMin) {
        leastShare = Math.log(oddsMin);
        candidates = new int[most];
        entries = new BundleEntry[most];
        values = new double[most];
        logOdds = new double[most];
        prices = new long[most];
        taken = new boolean[most];
    }

    void clear() {
        size = 0;
        bestOdds = Double.NEGATIVE_INFINITY;
    }

    /**
     * Adds a candidate.
     *
     * @param value a logit, or the logarithm of money
     * @param odds log odds that it is taken, comparable with those of the others
     * @param priceMinor price in minor units
     */
    void add(int candidate, BundleEntry entry, double value, double odds, long priceMinor) {
        candidates[size] = candidate;
        entries[size] = entry;
        values[size] = value;
        logOdds[size] = odds;
        bestOdds = Math.max(bestOdds, odds);
        prices[size++] = priceMinor;
    }

    int size() {
        return size;
    }

    /** Index of an entry among the candidates. */
    int candidate(int index) {
        return candidates[index];
    }

    /** Price of an entry in minor units. */
    long price(int index) {
        return prices[index];
    }

    /**
     * Starts a slate.
     *
     * @param mmrLambda weight of value against diversity where the goal has none
     */
    void begin(SlateGoal goal, double mmrLambda) {
        Arrays.fill(taken, 0, size, false);
        diversity.begin(values, size, goal.mmrLambda(mmrLambda));
    }

    /**
     * The entry of the highest value for the next rank, for which one must be {@link #open}; {@link #take} puts it
     * there.
     */
    int best() {
        int best = -1;
        for (int p = 0; p < size; p++) {
            if (!taken[p] && (best < 0 || diversity.value(p) > diversity.value(best))) {
                best = p;
            }
        }
        return best;
    }

    /** Puts an entry on the next rank; those that repeat it, or are too unlikely, can no longer be chosen. */
    void take(int index) {
        diversity.choose(entries[index], entries, size);
        taken[index] = true;
        for (int p = 0; p < size; p++) {
            taken[p] |= diversity.repeats(p) || unlikely(p);
        }
    }

    private boolean unlikely(int index) {
        return logOdds[index] < bestOdds + leastShare;
    }

    /** Whether an entry is left for the next rank. */
    boolean open() {
        for (int p = 0; p < size; p++) {
            if (!taken[p]) {
                return true;
            }
        }
        return false;
    }

    /** Whether each entry can no longer be chosen; only the first {@link #size} are valid. */
    boolean[] taken() {
        return taken;
    }
}
