package dev.kombo.learning;

/**
 * Settings of the classic matrix factorisation, user and item factors by stochastic gradient descent, that the lab
 * compares with.
 *
 * @param userRate learning rate of user factors
 * @param itemRate learning rate of item factors (AdaGrad)
 * @param regularization L2 penalty
 * @param gradientNorm norm to which a gradient is clipped
 * @param flushNorm norm to which the change of an item's factors between two publications is clipped
 */
public record SgdSettings(
        int factors,
        float userRate,
        float itemRate,
        float regularization,
        Loss loss,
        float gradientNorm,
        float flushNorm) {}
