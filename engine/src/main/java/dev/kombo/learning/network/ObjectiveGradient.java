package dev.kombo.learning.network;

import dev.kombo.learning.Logistic;
import dev.kombo.learning.network.NetworkSettings.Objective;

/**
 * Computes the loss of a mini-batch's logits and its derivative: the only part that differs between objectives. Not
 * thread-safe.
 */
final class ObjectiveGradient {
    private final Objective objective;
    private double[] gradient = {};

    ObjectiveGradient(Objective objective) {
        this.objective = objective;
    }

    /** Loss of the group (or single example) that starts at an index, without its weight. */
    double loss(MiniBatch batch, int start, double[] logits) {
        int size = batch.group(start);
        if (alone(size)) {
            return Logistic.logLoss(logits[start], batch.label(start));
        }
        double normalizer = normalizer(logits, start, size);
        double labels = labels(batch, start, size);
        double loss = 0;
        for (int i = start; i < start + size; i++) {
            loss += batch.label(i) / labels * (normalizer - logits[i]);
        }
        return loss;
    }

    /**
     * Derivative by each logit of the mean over the groups of weight times loss. A group's weight is the mean of its
     * examples' weights, weighted by label: for one positive and its negatives, the weight of the positive.
     */
    double[] gradient(MiniBatch batch, double[] logits) {
        gradient = gradient.length == logits.length ? gradient : new double[logits.length];
        int groups = 0;
        for (int start = 0; start < logits.length; start = next(batch, start)) {
            groups++;
        }
        for (int start = 0; start < logits.length; start = next(batch, start)) {
            if (alone(batch.group(start))) {
                double error = Logistic.sigmoid(logits[start]) - batch.label(start);
                gradient[start] = batch.weight(start) * error / groups;
            } else {
                fillGroup(batch, start, logits, 1.0 / groups);
            }
        }
        return gradient;
    }

    /** Start of the group after the one that starts at an index. */
    int next(MiniBatch batch, int start) {
        int size = batch.group(start);
        return alone(size) ? start + 1 : start + size;
    }

    private void fillGroup(MiniBatch batch, int start, double[] logits, double share) {
        int size = batch.group(start);
        double normalizer = normalizer(logits, start, size);
        double labels = labels(batch, start, size);
        double weight = weight(batch, start, size) / labels;
        for (int i = start; i < start + size; i++) {
            double error = Math.exp(logits[i] - normalizer) - batch.label(i) / labels;
            gradient[i] = share * weight * error;
        }
    }

    private boolean alone(int size) {
        return objective == Objective.LOGISTIC || size <= 1;
    }

    /** The log of the sum of exponentials. */
    private static double normalizer(double[] logits, int start, int size) {
        double greatest = logits[start];
        for (int i = start + 1; i < start + size; i++) {
            greatest = Math.max(greatest, logits[i]);
        }
        double sum = 0;
        for (int i = start; i < start + size; i++) {
            sum += Math.exp(logits[i] - greatest);
        }
        return greatest + Math.log(sum);
    }

    private static double labels(MiniBatch batch, int start, int size) {
        double sum = 0;
        for (int i = start; i < start + size; i++) {
            sum += batch.label(i);
        }
        return sum;
    }

    private static double weight(MiniBatch batch, int start, int size) {
        double sum = 0;
        for (int i = start; i < start + size; i++) {
            sum += batch.label(i) * batch.weight(i);
        }
        return sum;
    }
}
