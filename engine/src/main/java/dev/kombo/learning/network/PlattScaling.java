package dev.kombo.learning.network;

import dev.kombo.learning.Logistic;
import java.util.Arrays;

/**
 * Calibrates logits into probabilities by streaming Platt scaling (Platt: Probabilistic Outputs for Support Vector
 * Machines, 1999), {@code p = sigmoid(slope * logit + offset)}.
 *
 * <p>Slope (as its logarithm, so that it stays above 0 and never reverses an order) and offset take one Newton step per
 * example, over a curvature that forgets: the extended Kalman filter of logistic regression. It starts as the identity
 * with a prior curvature of {@value #PRIOR}, so a few examples move it little. A step is at most {@value #LONGEST} in
 * each, because the linearisation is only valid that far. Each example is first predicted, then learned from; the
 * predictions go into a {@link Reliability} table and a moving log loss. Not thread-safe; used only by the thread that
 * owns the model.
 */
public final class PlattScaling {
    private static final double PRIOR = 10;
    private static final double LONGEST = 0.1;
    private static final double LARGEST_LOGIT = 100;
    private static final double LARGEST_LOG_SLOPE = 4;
    private static final double LARGEST_OFFSET = 20;
    private static final double FEWEST_WANTED = 100;
    private static final double LARGEST_GAP = 1 / 3.0;

    private static final int LOG_SLOPE = 0;
    private static final int OFFSET = 1;
    private static final int SLOPE_CURVATURE = 2;
    private static final int OFFSET_CURVATURE = 3;
    private static final int MIXED_CURVATURE = 4;
    private static final int WEIGHT = 5;
    private static final int LOSS = 6;
    private static final int TABLE = 7;
    private static final int SIZE = TABLE + Reliability.SIZE;

    private final double[] values;
    private final double keep;
    private final Reliability reliability;

    /**
     * Creates the identity, without examples.
     *
     * @param window examples over which it looks back, at least 1
     */
    public PlattScaling(int window) {
        this(window, new double[SIZE]);
    }

    /**
     * Restores a calibration from its stored values.
     *
     * @param window examples over which it looks back, at least 1
     * @param stored as returned by {@link #values}; copied
     */
    public PlattScaling(int window, double[] stored) {
        if (stored.length != SIZE) {
            throw new IllegalArgumentException(stored.length + " values for a calibration of " + SIZE);
        }
        this.values = stored.clone();
        this.keep = 1 - 1.0 / window;
        this.reliability = new Reliability(values, TABLE, window);
    }

    /** Its whole state; a copy. */
    public double[] values() {
        return Arrays.copyOf(values, SIZE);
    }

    /** Resets it to the identity, without examples. */
    void startAnew() {
        Arrays.fill(values, 0);
    }

    /** Factor on the logit, above 0. */
    public float slope() {
        return (float) Math.exp(values[LOG_SLOPE]);
    }

    /** The offset added to the scaled logit. */
    public float offset() {
        return (float) values[OFFSET];
    }

    /** The calibrated logit. */
    public double logit(double raw) {
        return Math.exp(values[LOG_SLOPE]) * raw + values[OFFSET];
    }

    /**
     * Examples of what was not wanted for each of what was; 0 while the probabilities do not count. They count once it
     * looks back on 100 examples of what was wanted, and predictions were as often right as they said: the gaps between
     * both, by bin, add up to a third of what was wanted at most.
     */
    public float negatives() {
        double wanted = reliability.wanted();
        boolean counts = wanted >= FEWEST_WANTED && reliability.distance() <= LARGEST_GAP * wanted;
        return counts ? (float) (reliability.examples() / wanted - 1) : 0;
    }

    /** Reliability of the calibrated predictions. */
    public Reliability reliability() {
        return reliability;
    }

    /** Moving mean of the log loss of the calibrated predictions; NaN before the first. */
    public double logLoss() {
        return values[LOSS] / values[WEIGHT];
    }

    /**
     * Predicts, measures, then learns from an example. Logits are clipped to +-{@value #LARGEST_LOGIT}.
     *
     * @param raw logit that was made before the model saw the example, finite
     * @param label in [0, 1]
     * @param weight how much the example counts, at least 0
     */
    public void observe(double raw, double label, double weight) {
        double bounded = Math.max(-LARGEST_LOGIT, Math.min(LARGEST_LOGIT, raw));
        double logit = logit(bounded);
        double probability = Logistic.sigmoid(logit);
        values[WEIGHT] = keep * values[WEIGHT] + weight;
        values[LOSS] = keep * values[LOSS] + weight * Logistic.logLoss(logit, label);
        reliability.observe(probability, label, weight);
        step(logit - values[OFFSET], weight * (label - probability), weight * probability * (1 - probability));
    }

    /**
     * One Newton step.
     *
     * @param slopeInput derivative of the calibrated logit by the logarithm of the slope
     * @param residual weighted label minus prediction
     * @param curvature weighted variance of the prediction
     */
    private void step(double slopeInput, double residual, double curvature) {
        values[SLOPE_CURVATURE] = keep * values[SLOPE_CURVATURE] + curvature * slopeInput * slopeInput;
        values[MIXED_CURVATURE] = keep * values[MIXED_CURVATURE] + curvature * slopeInput;
        values[OFFSET_CURVATURE] = keep * values[OFFSET_CURVATURE] + curvature;
        double slopes = PRIOR + values[SLOPE_CURVATURE];
        double offsets = PRIOR + values[OFFSET_CURVATURE];
        double mixed = values[MIXED_CURVATURE];
        double determinant = slopes * offsets - mixed * mixed;
        double slopeStep = residual * (offsets * slopeInput - mixed) / determinant;
        double offsetStep = residual * (slopes - mixed * slopeInput) / determinant;
        move(LOG_SLOPE, slopeStep, LARGEST_LOG_SLOPE);
        move(OFFSET, offsetStep, LARGEST_OFFSET);
    }

    private void move(int index, double step, double largest) {
        double moved = values[index] + Math.max(-LONGEST, Math.min(LONGEST, step));
        values[index] = Math.max(-largest, Math.min(largest, moved));
    }

    /**
     * A reliability table: how well predicted probabilities match observed frequencies. Holds examples, summed
     * predictions and summed labels in {@value #BINS} bins of equal width, all of which fade as new examples arrive.
     * Not thread-safe; used only by the thread that owns the model.
     */
    public static final class Reliability {
        /** Bins over [0, 1]. */
        private static final int BINS = 15;

        static final int SIZE = 3 * BINS;

        private final double[] values;
        private final int offset;
        private final double keep;

        /**
         * Wraps stored values from an offset on, which are kept and updated; looks back over {@code window} examples.
         */
        Reliability(double[] values, int offset, int window) {
            this.values = values;
            this.offset = offset;
            this.keep = 1 - 1.0 / window;
        }

        /**
         * Adds a prediction and its label.
         *
         * @param probability predicted, in [0, 1]
         * @param label in [0, 1]
         * @param weight at least 0
         */
        void observe(double probability, double label, double weight) {
            for (int i = offset; i < offset + SIZE; i++) {
                values[i] *= keep;
            }
            int bin = offset + Math.min(BINS - 1, (int) (probability * BINS));
            values[bin] += weight;
            values[bin + BINS] += weight * probability;
            values[bin + 2 * BINS] += weight * label;
        }

        /**
         * Expected calibration error, in [0, 1]: the mean over the examples of the absolute gap between the mean
         * prediction and the mean label of their bin (Naeini, Cooper, Hauskrecht: Bayesian Binning, AAAI 2015). NaN
         * without examples.
         */
        public double error() {
            return distance() / examples();
        }

        /** Sum over the bins of the gap between predictions and labels. */
        double distance() {
            double distance = 0;
            for (int bin = 0; bin < BINS; bin++) {
                distance += Math.abs(values[offset + BINS + bin] - values[offset + 2 * BINS + bin]);
            }
            return distance;
        }

        /** Faded weight of all examples. */
        double examples() {
            return sum(0);
        }

        /** Faded weight of the examples of what was wanted. */
        double wanted() {
            return sum(2 * BINS);
        }

        private double sum(int from) {
            double sum = 0;
            for (int bin = 0; bin < BINS; bin++) {
                sum += values[offset + from + bin];
            }
            return sum;
        }
    }
}
