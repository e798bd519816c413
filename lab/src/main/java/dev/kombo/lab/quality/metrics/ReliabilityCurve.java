package dev.kombo.lab.quality.metrics;

import com.fasterxml.jackson.annotation.JsonValue;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;

/**
 * Predicted probabilities against observed frequencies, in bins of equal width over [0, 1]; the last bin includes 1.
 *
 * <p>Sums are independent of the order of cases to about 1e-12. Not thread-safe.
 */
public final class ReliabilityCurve {
    /** The usual number of bins: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", 2017. */
    public static final int BINS = 15;

    private final long[] counts = new long[BINS];
    private final long[] positives = new long[BINS];
    private final double[] predicted = new double[BINS];
    private double logLoss;

    /** Number of cases in a bin, their mean prediction, and the share that came true. */
    public record Bin(long count, double predicted, double observed) {}

    /** Adds a case. */
    public void add(double probability, boolean label) {
        BinaryMetrics.requireProbability(probability);
        int bin = Math.min(BINS - 1, (int) (probability * BINS));
        counts[bin]++;
        positives[bin] += label ? 1 : 0;
        predicted[bin] += probability;
        logLoss += BinaryMetrics.logLoss(probability, label);
    }

    /** Merges the cases of several curves into a new curve. */
    public static ReliabilityCurve merged(Collection<ReliabilityCurve> curves) {
        ReliabilityCurve all = new ReliabilityCurve();
        curves.forEach(all::addAll);
        return all;
    }

    /** Adds all cases of another curve. */
    public void addAll(ReliabilityCurve other) {
        for (int bin = 0; bin < BINS; bin++) {
            counts[bin] += other.counts[bin];
            positives[bin] += other.positives[bin];
            predicted[bin] += other.predicted[bin];
        }
        logLoss += other.logLoss;
    }

    /** Returns the bins that have a case, from low to high predictions. */
    @JsonValue
    public List<Bin> bins() {
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                bins.add(new Bin(counts[bin], predicted[bin] / counts[bin], (double) positives[bin] / counts[bin]));
            }
        }
        return bins;
    }

    /** Number of cases. */
    public long count() {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }

    /**
     * Expected calibration error: the mean over cases of the distance between their bin's mean prediction and the bin's
     * observed frequency; 0 to 1. Naeini, Cooper, Hauskrecht 2015. It holds for the mix of cases seen, and does not say
     * how well they are separated.
     */
    public double expectedCalibrationError() {
        double sum = 0;
        for (int bin = 0; bin < BINS; bin++) {
            sum += Math.abs(predicted[bin] - positives[bin]);
        }
        return sum / requireCases();
    }

    /** Mean negative log-likelihood of the cases, in nats. */
    public double logLoss() {
        return logLoss / requireCases();
    }

    private long requireCases() {
        long cases = count();
        if (cases == 0) {
            throw new IllegalStateException("no case was added");
        }
        return cases;
    }
}
