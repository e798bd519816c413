package dev.kombo.ranking;

import dev.kombo.learning.Logistic;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.settings.Range;
import java.util.Locale;

/**
 * The ranker: a network with its weights. Its linear part scores every candidate; a deep part then rescores the best of
 * them, see {@link SlateRanker}. Immutable.
 *
 * @param shape of the network: it must take the signals, the context and the sequences of this version
 * @param weights at most 1e6 in size, so that no score overflows; flat in the layout of the shape, the linear part
 *     first: one per {@link Signal}, then the intercept; not copied, never written
 * @param version of the weights; 0: Kombo's starting weights
 * @param slope of the calibration, above 0
 * @param offset of the calibration: sigmoid(slope * score + offset) is how likely a bundle is the one that was chosen
 *     among a few others, drawn at random
 * @param negatives how many others; 0: not calibrated yet
 * @param name of what ranks: the kind of the network, or a simpler ranker
 */
public record Ranker(
        NetworkShape shape, float[] weights, long version, float slope, float offset, float negatives, String name) {
    private static final double LARGEST = 1e6;
    /** Units of each dense layer. */
    private static final int HIDDEN = 64;

    /** Validates that shape and weights match, and that all numbers are finite. */
    public Ranker {
        if (!shape.equals(shape(shape.kind(), shape.hidden()))) {
            throw new IllegalArgumentException(
                    shape + " is not the shape of this version's rankers: " + shape(shape.kind(), shape.hidden()));
        }
        Range.require("weights.length", weights.length, shape.weights(), shape.weights());
        for (float weight : weights) {
            Range.require("weight", weight, -LARGEST, LARGEST);
        }
        Range.require("slope", slope, Float.MIN_NORMAL, LARGEST);
        Range.require("offset", offset, -LARGEST, LARGEST);
        Range.require("negatives", negatives, 0, LARGEST);
    }

    /** A ranker that is named after the kind of its network. */
    public Ranker(NetworkShape shape, float[] weights, long version, float slope, float offset, float negatives) {
        this(
                shape,
                weights,
                version,
                slope,
                offset,
                negatives,
                shape.kind().name().toLowerCase(Locale.ROOT));
    }

    /** The shape that a ranker of a kind has in this version. */
    public static NetworkShape shape(NetworkShape.Architecture kind) {
        return shape(kind, HIDDEN);
    }

    private static NetworkShape shape(NetworkShape.Architecture kind, int hidden) {
        return new NetworkShape(
                kind,
                Signal.count(),
                ShopperContext.SIZE,
                hidden,
                InteractionSequences.STEPS,
                InteractionSequences.FEATURES);
    }

    /**
     * The starting ranker: ranks by the prior weights of the signals, whatever its kind.
     *
     * @param seed of the hidden layers, which contribute nothing until they are trained
     */
    public static Ranker prior(NetworkShape.Architecture kind, long seed) {
        NetworkShape shape = shape(kind);
        return new Ranker(shape, shape.start(Signal.priorWeights(), seed), 0, 1f, 0f, 0f);
    }

    /**
     * Creates a ranker without a deep part or calibration.
     *
     * @param weights one per signal, then the intercept
     */
    public static Ranker linear(float[] weights) {
        return new Ranker(shape(NetworkShape.Architecture.LINEAR), weights, 0, 1f, 0f, 0f);
    }

    /** Whether it has a deep part. */
    public boolean deep() {
        return shape.kind().deep();
    }

    /** How likely a bundle with a score is the chosen one among a few others, 0 to 1. */
    public double probability(double score) {
        return Logistic.sigmoid(slope * score + offset);
    }

    /**
     * Probability that the shopper's next choice is a bundle with a score, 0 to 1; NaN while it is not calibrated. What
     * was learned among a few others, drawn at random, is brought to all bundles by their number (King and Zeng:
     * Logistic Regression in Rare Events Data, 2001).
     *
     * @param bundles of the shop
     */
    public double nextChoice(double score, int bundles) {
        double others = Math.max(1, (bundles - 1) / negatives);
        return negatives > 0 ? Logistic.sigmoid(slope * score + offset - Math.log(others)) : Double.NaN;
    }
}
