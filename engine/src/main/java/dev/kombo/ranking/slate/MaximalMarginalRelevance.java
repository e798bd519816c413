package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleContent;
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
 * divided by lambda, plus the lowest score: the order is the same, and the unit is the score's own, a logit, so that a
 * policy can sample from it. Not thread-safe.
 */
final class MaximalMarginalRelevance {
    private double[] scores = new double[64];
    private float[] likeness = new float[64];
    private double penalty;

    /**
     * Starts a slate with a pool of {@code count} scores.
     *
     * @param mmrLambda lambda, above 0 up to 1
     */
    void begin(double[] poolScores, int count, double mmrLambda) {
        if (count > scores.length) {
            scores = new double[count];
            likeness = new float[count];
        }
        System.arraycopy(poolScores, 0, scores, 0, count);
        Arrays.fill(likeness, 0, count, 0f);
        double lowest = Double.POSITIVE_INFINITY;
        double highest = Double.NEGATIVE_INFINITY;
        for (int p = 0; p < count; p++) {
            lowest = Math.min(lowest, scores[p]);
            highest = Math.max(highest, scores[p]);
        }
        penalty = count == 0 ? 0 : (1 - mmrLambda) / mmrLambda * (highest - lowest);
    }

    /** The value of pool entry {@code p} at the next position. */
    double value(int p) {
        return scores[p] - penalty * likeness[p];
    }

    /** Records that a bundle was chosen. */
    void choose(BundleContent chosen, BundleContent[] pool, int count) {
        if (penalty == 0) {
            return;
        }
        for (int p = 0; p < count; p++) {
            likeness[p] = Math.max(likeness[p], jaccard(chosen, pool[p]));
        }
    }

    /** Jaccard similarity: members in both / members in either, 0 to 1. */
    static float jaccard(BundleContent first, BundleContent second) {
        if ((first.memberSignature() & second.memberSignature()) == 0) {
            return 0f;
        }
        int common = 0;
        int i = 0;
        int j = 0;
        while (i < first.size() && j < second.size()) {
            int order = Long.compare(first.memberHash(i), second.memberHash(j));
            common += order == 0 ? 1 : 0;
            i += order <= 0 ? 1 : 0;
            j += order >= 0 ? 1 : 0;
        }
        return (float) common / (first.size() + second.size() - common);
    }
}
