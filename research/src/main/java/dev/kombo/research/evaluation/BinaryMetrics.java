package dev.kombo.research.evaluation;

import java.util.Arrays;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/**
 * AUC, log loss, calibration error and accuracy of predicted probabilities, over arrays of equal length with one entry
 * per case.
 */
final class BinaryMetrics {
    /** Probabilities are kept this far from 0 and 1, so that one confident mistake does not cost infinitely much. */
    private static final double CLIP = 1e-15;

    /** The usual number of bins: Guo, Pleiss, Sun, Weinberger, "On Calibration of Modern Neural Networks", 2017. */
    private static final int BINS = 15;

    private BinaryMetrics() {}

    /**
     * Area under the ROC curve: the probability that a positive case has a higher score than a negative one, with ties
     * counted half. Computed from ranks (Mann, Whitney 1947; Hanley, McNeil 1982). {@code O(n log n)}.
     *
     * @param scores in any unit, not NaN; higher means more likely
     * @throws IllegalArgumentException if all labels are the same: then it is not defined
     */
    static double auc(double[] scores, boolean[] labels) {
        require(scores, labels);
        Integer[] order = new Integer[scores.length];
        Arrays.setAll(order, i -> i);
        Arrays.sort(order, (a, b) -> Double.compare(scores[a] + 0.0, scores[b] + 0.0));
        double wins = 0;
        long below = 0;
        for (int from = 0; from < order.length; ) {
            int to = from;
            long positives = 0;
            while (to < order.length && scores[order[to]] == scores[order[from]]) {
                positives += labels[order[to]] ? 1 : 0;
                to++;
            }
            long negatives = to - from - positives;
            wins += positives * (below + negatives / 2.0);
            below += negatives;
            from = to;
        }
        long positives = scores.length - below;
        if (positives == 0 || below == 0) {
            throw new IllegalArgumentException("all labels are " + (below == 0) + ": the AUC is not defined");
        }
        return wins / positives / below;
    }

    /** Mean negative log-likelihood of the cases, in nats; probabilities are clipped. */
    static double logLoss(double[] probabilities, boolean[] labels) {
        requireProbabilities(probabilities, labels);
        double sum = 0;
        for (int i = 0; i < labels.length; i++) {
            double clipped = Math.min(1 - CLIP, Math.max(CLIP, probabilities[i]));
            sum -= Math.log(labels[i] ? clipped : 1 - clipped);
        }
        return sum / labels.length;
    }

    /**
     * Expected calibration error: the mean over cases of the distance between the mean prediction and the observed
     * frequency in their bin, of bins of equal width; 0 to 1. Naeini, Cooper, Hauskrecht 2015. It holds for the mix of
     * cases seen, and does not say how well they are separated.
     */
    static double expectedCalibrationError(double[] probabilities, boolean[] labels) {
        requireProbabilities(probabilities, labels);
        double[] excess = new double[BINS];
        for (int i = 0; i < labels.length; i++) {
            int bin = Math.min(BINS - 1, (int) (probabilities[i] * BINS));
            excess[bin] += probabilities[i] - (labels[i] ? 1 : 0);
        }
        return DoubleStream.of(excess).map(Math::abs).sum() / labels.length;
    }

    /** Share of cases that are predicted correctly, with a threshold of 0.5 (inclusive) for yes. */
    static double accuracy(double[] probabilities, boolean[] labels) {
        requireProbabilities(probabilities, labels);
        return IntStream.range(0, labels.length)
                .mapToDouble(i -> probabilities[i] >= 0.5 == labels[i] ? 1 : 0)
                .average()
                .orElseThrow();
    }

    private static void requireProbabilities(double[] probabilities, boolean[] labels) {
        require(probabilities, labels);
        for (double probability : probabilities) {
            if (probability < 0 || probability > 1) {
                throw new IllegalArgumentException(probability + " is not a probability");
            }
        }
    }

    private static void require(double[] predictions, boolean[] labels) {
        if (predictions.length != labels.length || labels.length == 0) {
            throw new IllegalArgumentException("expected as many predictions as labels and at least one, found "
                    + predictions.length + " and " + labels.length);
        }
        for (double prediction : predictions) {
            if (Double.isNaN(prediction)) {
                throw new IllegalArgumentException("a prediction is NaN");
            }
        }
    }
}
