package dev.kombo.topology;

import dev.kombo.ranking.Signal;

/**
 * Weights by which bundles are ranked.
 *
 * @param policy name and version of the way in which slates are chosen with them, as logged with each offer
 * @param version version of the weights; 0: those that Kombo starts with
 * @param weights one a signal, in the order of the signals, then the intercept; never written
 */
public record RankerWeights(String policy, long version, float[] weights) {
    private static final String LINEAR = "linear-1";
    private static final String POPULARITY = "popularity-1";

    /** Weights of the fused linear ranker. */
    static RankerWeights linear(long version, float[] weights) {
        return new RankerWeights(LINEAR, version, weights);
    }

    /** Weights of the baseline: popularity and nothing else. */
    static RankerWeights popularity() {
        return new RankerWeights(POPULARITY, 0, Signal.popularityWeights());
    }
}
