package dev.kombo.lab.quality.metrics;

import java.util.Arrays;

/** Metrics of binary predictions, over arrays of equal length with one entry per case. */
public final class BinaryMetrics {
    /** Probabilities are kept this far from 0 and 1, so that one confident mistake does not cost infinitely much. */
    private static final double CLIP = 1e-15;

    private BinaryMetrics() {}

    /**
     * Area under the ROC curve: the probability that a positive case has a higher score than a negative one, with ties
     * counted half. Computed from ranks (Mann, Whitney 1947; Hanley, McNeil 1982). {@code O(n log n)}.
     *
     * @param scores in any unit, not NaN; higher means more likely
     * @throws IllegalArgumentException if all labels are the same: then it is not defined
     */
    public static double auc(double[] scores, boolean[] labels) {
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

    /** Negative log-likelihood of one case in nats; the probability is clipped to stay 1e-15 away from 0 and 1. */
    static double logLoss(double probability, boolean label) {
        requireProbability(probability);
        double clipped = Math.min(1 - CLIP, Math.max(CLIP, probability));
        return -Math.log(label ? clipped : 1 - clipped);
    }

    /** Share of cases that are predicted correctly, with a threshold of 0.5 (inclusive) for yes. */
    public static double accuracy(double[] probabilities, boolean[] labels) {
        require(probabilities, labels);
        int right = 0;
        for (int i = 0; i < labels.length; i++) {
            requireProbability(probabilities[i]);
            right += probabilities[i] >= 0.5 == labels[i] ? 1 : 0;
        }
        return (double) right / labels.length;
    }

    static void requireProbability(double probability) {
        if (!(probability >= 0 && probability <= 1)) {
            throw new IllegalArgumentException(probability + " is not a probability");
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
