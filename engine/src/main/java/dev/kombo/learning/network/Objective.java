package dev.kombo.learning.network;

/** The loss that a {@link NetworkTrainer} minimises. */
public enum Objective {
    /** Cross entropy of each example under the sigmoid of its logit: learns the probability of a candidate. */
    LOGISTIC,

    /**
     * Cross entropy of the positive in its group under the softmax of the group's logits: learns the order. The
     * negatives of a group are drawn uniformly, so the sampled softmax needs no correction (Bengio, Senecal 2008).
     * Probabilities come from {@link Calibration} alone. An example without a group is learned by {@link #LOGISTIC}.
     */
    SOFTMAX
}
