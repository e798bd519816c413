package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;

/**
 * How many shoppers it takes until an effect is told from 0 in four of five experiments, whenever one looks.
 *
 * @param mean of the response
 * @param variance of the response, with the covariate
 * @param error of the comparison
 */
public record SampleSize(double mean, double variance, double error) {
    /** 0.8 quantile of the standard normal distribution: the power of 80 %. */
    private static final double POWER = 0.8416;

    private static final double MOST_SHOPPERS = 1e10;

    /** The arms that are compared, as shares of all shoppers. */
    public record Shares(double treatment, double control) {

        /** Those of a strategy; the smaller of each kind decides. */
        public static Shares of(StrategyPlan plan) {
            Arm.Kind control = smallest(plan, Arm.Kind.HOLDOUT) > 0 ? Arm.Kind.HOLDOUT : Arm.Kind.BASELINE;
            return new Shares(smallest(plan, Arm.Kind.TREATMENT), smallest(plan, control));
        }

        private static double smallest(StrategyPlan plan, Arm.Kind kind) {
            return plan.arms().stream()
                    .filter(arm -> arm.kind() == kind && arm.share() > 0)
                    .mapToDouble(Arm::share)
                    .min()
                    .orElse(0);
        }

        double smaller() {
            return Math.min(treatment, control);
        }
    }

    /** The smallest effect, relative to the mean, that so many observed shoppers show. */
    public double detectable(double shoppers, Shares shares, double tightestAt) {
        return detectableBy(
                new ConfidenceSequence(error).multiplier(shoppers * shares.smaller() / tightestAt), shoppers, shares);
    }

    /** The same for a look whose interval has so many standard errors to either side. */
    double detectableBy(double multiplier, double shoppers, Shares shares) {
        if (shoppers * shares.smaller() < UpliftSettings.standard().burnIn()) {
            return Double.POSITIVE_INFINITY;
        }
        double deviation = Math.sqrt(variance * (1 / shares.treatment() + 1 / shares.control()) / shoppers);
        return (multiplier + POWER) * deviation / mean;
    }

    /** Shoppers until an effect is seen; infinite if no number within reason does it. */
    public double shoppers(double effect, Shares shares) {
        double tightestAt = UpliftSettings.standard().tightestAt();
        double low = 1;
        double high = MOST_SHOPPERS;
        if (!(detectable(high, shares, tightestAt) <= effect)) {
            return Double.POSITIVE_INFINITY;
        }
        while (high / low > 1.001) {
            double middle = Math.sqrt(low * high);
            if (detectable(middle, shares, tightestAt) <= effect) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.ceil(high);
    }
}
