package dev.kombo.experiment.uplift;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;

/**
 * Error probabilities and burn-in of the uplift reports.
 *
 * @param error probability that some interval of the report ever fails to cover the truth, above 0 and below 1
 * @param family number of measures that share this error in an experiment without a
 *     {@link dev.kombo.experiment.DecisionRule}: each gets an equal part of it; at least 1
 * @param burnIn observed shoppers that both arms of a comparison need within a stratum before the stratum counts, at
 *     least 2. The smaller arm decides
 * @param tightestAt observed shoppers of the smaller arm at which the interval is made as short as possible, positive.
 *     Elsewhere it is valid too, only longer
 */
public record UpliftSettings(double error, int family, int burnIn, double tightestAt) {
    public static final Setting<Long> REVENUE_CAP = Setting.ofLong(
                    "kombo.experiment.revenue.cap.minor", 100_000, between(1L, 1_000_000_000_000_000L))
            .medium("Most revenue that counts per user when arms are compared, in each window after and"
                    + " before assignment, in minor units of any currency. Must not be changed while an"
                    + " experiment runs.");

    /** Measures that there were when experiments had no rule: their intervals must not change. */
    private static final int SHARED_MEASURES = 4;

    private static final double STANDARD_ERROR_RATE = 0.05;
    private static final int STANDARD_BURN_IN = 250;
    private static final int STANDARD_TIGHTEST_AT = 1000;

    /**
     * 5 % error; burn-in of 250 shoppers, with which the intervals held in all studies of {@code
     * topology-docs/uplift.md}, and below which an interval of revenue would be too long to be useful; tightest at
     * 1000, where it is at most 6 % longer than the shortest possible one from 250 to 10,000.
     */
    public static UpliftSettings standard() {
        return new UpliftSettings(STANDARD_ERROR_RATE, SHARED_MEASURES, STANDARD_BURN_IN, STANDARD_TIGHTEST_AT);
    }

    /** The standard with another number of users in each arm before an interval is stated. */
    public static UpliftSettings burningIn(int users) {
        UpliftSettings standard = standard();
        return new UpliftSettings(standard.error, standard.family, users, standard.tightestAt);
    }
}
