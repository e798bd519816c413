package dev.kombo.ranking;

import dev.kombo.learning.BayesianLogistic;
import dev.kombo.learning.Logistic;
import dev.kombo.settings.Range;

/**
 * The conversion model as used in ranking: predicts the probability that a shown bundle is bought through the offer,
 * and that it is clicked, by weights over the {@link ConversionFeature}s. Clicks differ from conversions by one weight,
 * so that what is learned from many clicks serves to predict few conversions. Learned from the outcomes of offers only.
 * Immutable.
 *
 * @param weights one per feature, finite; not copied, never written
 * @param version of the weights; 0: the prior
 * @param accepted conversions that it was learned from
 */
public record ConversionModel(float[] weights, long version, double accepted) {
    private static final double LARGEST = 1e3;
    private static final double LEARNED_FROM = 200;
    private static final double WARM_UP = 10;

    /** Shown bundles after which the influence of one has decayed to 1 / e. */
    static final double MEMORY = 1e6;

    private static final float LARGEST_INPUT = 8f;

    /** How far the model has learned. */
    public enum ModelStage {
        /** Hardly anything learned: bundles are valued by relevance and popularity. */
        WARM_START,
        /** Partly learned: relevance and popularity still count for much. */
        SHRUNK,
        /** Learned: outcomes of offers decide. */
        LEARNED
    }

    /** Validates the number and size of the weights. */
    public ConversionModel {
        Range.require("weights.length", weights.length, ConversionFeature.count(), ConversionFeature.count());
        for (float weight : weights) {
            Range.require("weight", weight, -LARGEST, LARGEST);
        }
    }

    /** The prior model, without evidence. */
    public static ConversionModel prior() {
        double[] means = ConversionFeature.priorMeans();
        float[] weights = new float[means.length];
        for (int f = 0; f < weights.length; f++) {
            weights[f] = (float) means[f];
        }
        return new ConversionModel(weights, 0, 0);
    }

    /** A model in training, without any examples. */
    public static BayesianLogistic training() {
        return new BayesianLogistic(
                ConversionFeature.priorMeans(), ConversionFeature.priorDeviations(), MEMORY, LARGEST_INPUT);
    }

    /** Its stage: a warm start below 10 conversions, shrunk below 200, then learned. */
    public ModelStage modelStage() {
        return accepted < WARM_UP
                ? ModelStage.WARM_START
                : accepted < LEARNED_FROM ? ModelStage.SHRUNK : ModelStage.LEARNED;
    }

    /** Log odds that a bundle with these features is bought. */
    double logOdds(float[] features) {
        double logOdds = 0;
        for (int f = 0; f < weights.length; f++) {
            logOdds += weights[f] * features[f];
        }
        return logOdds;
    }

    /** Probability that a bundle with these features is bought, 0 to 1. */
    public double probability(float[] features) {
        return Logistic.sigmoid(logOdds(features));
    }

    /** Probability that a bundle with these features of a conversion is clicked, 0 to 1. */
    public double clickProbability(float[] features) {
        return Logistic.sigmoid(logOdds(features) + weights[ConversionFeature.CLICK.ordinal()]);
    }
}
