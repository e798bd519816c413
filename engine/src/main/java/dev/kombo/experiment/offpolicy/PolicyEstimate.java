package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.uplift.Interval;

/**
 * An estimated mean reward per slate.
 *
 * @param value estimate, in units of the reward
 * @param standardError of the estimate, 0 or above; for the self-normalised one by the delta method
 * @param interval 95 % interval for one look at one sample, by the normal approximation
 * @param overlap what the estimate rests on
 */
public record PolicyEstimate(double value, double standardError, Interval interval, Overlap overlap)
        implements EstimateOrRefusal {
    /** 0.975 quantile of the standard normal distribution. */
    private static final double QUANTILE = 1.959963984540054;

    static PolicyEstimate normal(double value, double standardError, Overlap overlap) {
        double reach = QUANTILE * standardError;
        return new PolicyEstimate(value, standardError, new Interval(value - reach, value + reach), overlap);
    }
}
