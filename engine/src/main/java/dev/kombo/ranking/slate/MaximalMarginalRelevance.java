package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleEntry;
import java.util.Arrays;

/**
 * Diversifies a slate: values each candidate by relevance less its similarity to the bundles above (Carbonell,
 * Goldstein, SIGIR 1998).
 *
 * <pre>
 *   lambda * rel(d) - (1 - lambda) * max over chosen s of sim(d, s)
 * </pre>
 *
 * where rel is the score scaled to [0, 1] over the pool. {@link #value} returns this times the spread of the scores,
 * divided by lambda, plus the lowest score: the order is the same, and the unit is the score's own.
 *
 * <p>A bundle that repeats the ranks above has no place in the slate: one that holds all of a bundle there, or only
 * items that are there already, or at least half of whose list price is for items of one bundle there. Not thread-safe.
 */
final class MaximalMarginalRelevance {
    /** Half of the list price, less what the rounding of shares may take. */
    private static final float HALF = 0.4999f;

    private double[] scores = new double[64];
    private float[] likeness = new float[64];
    /** Members of each entry that the slate has, a bit each; of larger ones those after the 64th never are. */
    private long[] held = new long[64];

    private boolean[] repeats = new boolean[64];
    private double penalty;
    /** The items that the two bundles compared last have in common, and the share of the second's list price. */
    private int common;

    private float share;
    private long shared;

    /**
     * Starts a slate with a pool of {@code count} scores.
     *
     * @param mmrLambda lambda, above 0 up to 1
     */
    void begin(double[] poolScores, int count, double mmrLambda) {
        if (count > scores.length) {
            scores = new double[count];
            likeness = new float[count];
            held = new long[count];
            repeats = new boolean[count];
        }
        System.arraycopy(poolScores, 0, scores, 0, count);
        Arrays.fill(likeness, 0, count, 0f);
        Arrays.fill(held, 0, count, 0L);
        Arrays.fill(repeats, 0, count, false);
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < count; p++) {
            lowest = Math.min(lowest, scores[p]);
            highest = Math.max(highest, scores[p]);
        }
        penalty = count == 0 ? 0 : (1 - mmrLambda) / mmrLambda * (highest - lowest);
    }

    /** The value of pool entry {@code p} at the next position; of no use for one that {@link #repeats}. */
    double value(int p) {
        return scores[p] - penalty * likeness[p];
    }

    /** Whether pool entry {@code p} repeats what was chosen. */
    boolean repeats(int p) {
        return repeats[p];
    }

    /** Records that a bundle was chosen. */
    void choose(BundleEntry chosen, BundleEntry[] pool, int count) {
        for (int p = 0; p < count; p++) {
            // What repeats the ranks above is not chosen any more, so it need not be compared.
            if (!repeats[p] && (chosen.memberSignature() & pool[p].memberSignature()) != 0) {
                compare(chosen, pool[p], p);
            }
        }
    }

    /** Likeness is members in both / members in either, 0 to 1. */
    private void compare(BundleEntry chosen, BundleEntry other, int p) {
        overlap(chosen, other);
        repeats[p] = common == chosen.size() || Long.bitCount(held[p] | shared) == other.size() || share >= HALF;
        held[p] |= shared;
        likeness[p] = Math.max(likeness[p], (float) common / (chosen.size() + other.size() - common));
    }

    private void overlap(BundleEntry chosen, BundleEntry other) {
        common = 0;
        share = 0;
        shared = 0;
        int i = 0;
        int j = 0;
        while (i < chosen.size() && j < other.size()) {
            int order = Long.compare(chosen.memberHash(i), other.memberHash(j));
            if (order == 0) {
                common++;
                share += other.memberShare(j);
                shared |= j < Long.SIZE ? 1L << j : 0;
            }
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
    }
}
