package dev.kombo.experiment.offpolicy;

/**
 * The off-policy estimators, by how they weight logged rewards. W is the product of all ratios of a slate (candidate's
 * probability over logged propensity), w the product of those down to a rank, R the sum of rewards.
 */
public enum Estimator {
    /** Mean of W R (Horvitz, Thompson 1952). Unbiased whatever a rank's reward depends on; has the highest variance. */
    INVERSE_PROPENSITY,
    /**
     * Sum of W R over sum of W (Swaminathan, Joachims, NIPS 2015). Stays within the range of the observed rewards, and
     * adding a constant to all rewards adds it to the estimate; biased in proportion to 1 / slates.
     */
    SELF_NORMALIZED,
    /**
     * Mean over slates of the sum of w r over ranks (McInerney et al., KDD 2020). Unbiased where the reward of a rank
     * depends on that rank and those above it, not on those below.
     */
    CASCADE,
    /** Mean of the model's expectation + W (R - its prediction) (Dudík, Langford, Li, ICML 2011). */
    DOUBLY_ROBUST,
    /**
     * Mean over slates of the sum over ranks of w above the rank times the model's expectation + w (r - its prediction)
     * (Kiyohara et al., WSDM 2022). Same assumption as {@link #CASCADE}.
     */
    CASCADE_DOUBLY_ROBUST,
    /**
     * As {@link #DOUBLY_ROBUST} with weights that are shrunk where they are large (Su et al., ICML 2020): less
     * variance, and a bias where the model is wrong and the weights large. Both vanish with the number of slates.
     */
    SHRUNK_DOUBLY_ROBUST
}
