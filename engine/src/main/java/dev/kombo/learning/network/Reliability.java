package dev.kombo.learning.network;

/**
 * A reliability table: how well predicted probabilities match observed frequencies. Holds examples, summed predictions
 * and summed labels in {@value #BINS} bins of equal width, all of which fade as new examples arrive. Not thread-safe;
 * used only by the thread that owns the model.
 */
public final class Reliability {
    /** Bins over [0, 1]. */
    public static final int BINS = 15;

    static final int SIZE = 3 * BINS;

    private final double[] values;
    private final int offset;
    private final double keep;

    /** Wraps stored values from an offset on, which are kept and updated; looks back over {@code window} examples. */
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

    /** Faded weight of the examples in a bin. */
    public double weight(int bin) {
        return values[offset + bin];
    }

    /** Mean predicted probability in a bin; NaN where it is empty. */
    public double predicted(int bin) {
        return values[offset + BINS + bin] / weight(bin);
    }

    /** Mean label in a bin; NaN where it is empty. */
    public double observed(int bin) {
        return values[offset + 2 * BINS + bin] / weight(bin);
    }

    /**
     * Expected calibration error, in [0, 1]: the mean over the examples of the absolute gap between the mean prediction
     * and the mean label of their bin (Naeini, Cooper, Hauskrecht: Bayesian Binning, AAAI 2015). NaN without examples.
     */
    public double error() {
        double distance = 0;
        double total = 0;
        for (int bin = 0; bin < BINS; bin++) {
            distance += Math.abs(values[offset + BINS + bin] - values[offset + 2 * BINS + bin]);
            total += weight(bin);
        }
        return distance / total;
    }
}
