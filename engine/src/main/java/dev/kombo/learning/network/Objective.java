package dev.kombo.learning.network;

/** What a {@link NetworkTrainer} minimises. */
public enum Objective {
    /** Cross entropy of each example under the sigmoid of its logit: learns how likely a candidate is. */
    LOGISTIC,

    /**
     * Cross entropy of the positive among its group under the softmax of the group's logits: learns the order. The
     * negatives of a group are drawn uniformly, so the sampled softmax needs no correction (Bengio, Senecal 2008).
     * Probabilities come from {@link Calibration} alone. An example without a group has nothing to be compared with
     * and is learned by {@link #LOGISTIC}.
     */
    SOFTMAX
}
