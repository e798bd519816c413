package dev.kombo.ranking;

import dev.kombo.learning.Logistic;
import dev.kombo.settings.Range;

/**
 * Whether a bundle that is shown is taken: weights over the {@link AcceptanceFeature}s, learned from what became of
 * offers and from nothing else. Immutable.
 *
 * @param weights one a feature, finite; not copied, never written
 * @param version of the weights; 0: what is believed before any evidence
 * @param accepted offers taken that it was learned from
 */
public record Acceptance(float[] weights, long version, double accepted) {
    private static final double LARGEST = 1e3;
    private static final double LEARNED_FROM = 200;
    private static final double WARM_UP = 10;

    /** How much the model knows by itself. */
    public enum ModelStage {
        /** Next to nothing: bundles are valued by relevance and popularity. */
        WARM_START,
        /** Something: relevance and popularity still count for much. */
        SHRUNK,
        /** It goes by what became of offers. */
        LEARNED
    }

    /** Refuses weights that are too few, too many, or absurd. */
    public Acceptance {
        Range.require("weights.length", weights.length, AcceptanceFeature.count(), AcceptanceFeature.count());
        for (float weight : weights) {
            Range.require("weight", weight, -LARGEST, LARGEST);
        }
    }

    /** What is believed before any evidence. */
    public static Acceptance prior() {
        double[] means = AcceptanceFeature.priorMeans();
        float[] weights = new float[means.length];
        for (int f = 0; f < weights.length; f++) {
            weights[f] = (float) means[f];
        }
        return new Acceptance(weights, 0, 0);
    }

    /** How much it knows: below 10 offers taken next to nothing, from 200 on enough. */
    public ModelStage modelStage() {
        return accepted < WARM_UP
                ? ModelStage.WARM_START
                : accepted < LEARNED_FROM ? ModelStage.SHRUNK : ModelStage.LEARNED;
    }

    /** Log odds that a bundle with these features is taken. */
    double logit(float[] features) {
        double logit = 0;
        for (int f = 0; f < weights.length; f++) {
            logit += weights[f] * features[f];
        }
        return logit;
    }

    /** Probability that a bundle with these features is taken, 0 to 1. */
    public double probability(float[] features) {
        return Logistic.sigmoid(logit(features));
    }
}
