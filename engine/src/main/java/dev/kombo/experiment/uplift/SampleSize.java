package dev.kombo.experiment.uplift;

import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Comparison.Part;
import dev.kombo.experiment.uplift.Comparison.Spending;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.jspecify.annotations.Nullable;

/**
 * How many shoppers it takes until an effect is told from 0 with 80 % power, by the looks that are to come.
 *
 * @param mean of the response
 * @param variance of the response, with the covariate
 * @param error of the comparison
 * @param plannedUsers planned end, with whom it is told at the latest; 0: none
 */
public record SampleSize(double mean, double variance, double error, long plannedUsers) {
    /** 0.8 quantile of the standard normal distribution: the power of 80 %. */
    private static final double POWER = 0.8416;

    private static final NormalDistribution NORMAL = NormalDistribution.of(0, 1);
    private static final double MOST_SHOPPERS = 1e10;

    /** Ratio of the bounds between which a number of shoppers is not searched further. */
    private static final double CLOSE = 1.001;

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

    /** The same without a planned end: looks at all times have the whole error. */
    public SampleSize open() {
        return new SampleSize(mean, variance, error, 0);
    }

    /**
     * The smallest effect, relative to the mean, that so many observed shoppers show; infinite before the burn-in. From
     * the planned end on it is that of the one look then, as later shoppers are not compared.
     */
    public double detectable(double shoppers, Shares shares) {
        InterimAnalysis interim = interimAnalysis(shoppers, shares);
        return interim == null ? Double.POSITIVE_INFINITY : (interim.multiplier() + POWER) * interim.deviation();
    }

    /** The part of the experiments that tell an effect from 0 by the look at so many observed shoppers. */
    public double power(double effect, double shoppers, Shares shares) {
        InterimAnalysis interim = interimAnalysis(shoppers, shares);
        return interim == null ? 0 : NORMAL.cumulativeProbability(effect / interim.deviation() - interim.multiplier());
    }

    /**
     * An analysis of an experiment at one time, before its planned end or at it.
     *
     * @param multiplier standard errors to either side
     * @param deviation standard error over the mean
     */
    private record InterimAnalysis(double multiplier, double deviation) {}

    private @Nullable InterimAnalysis interimAnalysis(double shoppers, Shares shares) {
        boolean ended = plannedUsers > 0 && shoppers >= plannedUsers;
        double compared = ended ? (double) plannedUsers : shoppers;
        double smaller = compared * shares.smaller();
        if (smaller < UpliftSettings.standard().burnIn() || !(mean > 0)) {
            return null;
        }
        Spending spending = plannedUsers == 0 ? Spending.ALWAYS : ended ? Spending.AT_END : Spending.BEFORE_END;
        double multiplier = new Part(Role.PRIMARY, error, spending)
                .multiplier(smaller / UpliftSettings.standard().tightestAt());
        double deviation = Math.sqrt(variance * (1 / shares.treatment() + 1 / shares.control()) / compared);
        return new InterimAnalysis(multiplier, deviation / mean);
    }

    /** Shoppers until an effect is seen; infinite if no number within reason does it, or none up to the planned end. */
    public double shoppers(double effect, Shares shares) {
        double low = 1;
        double high = plannedUsers > 0 ? (double) plannedUsers : MOST_SHOPPERS;
        if (!(detectable(high, shares) <= effect)) {
            return Double.POSITIVE_INFINITY;
        }
        while (high / low > CLOSE) {
            double middle = Math.sqrt(low * high);
            if (detectable(middle, shares) <= effect) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return Math.ceil(high);
    }
}
