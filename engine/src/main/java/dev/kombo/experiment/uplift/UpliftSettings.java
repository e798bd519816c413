package dev.kombo.experiment.uplift;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;

/**
 * How sure one wants to be.
 *
 * @param error probability that some interval of the report is ever wrong, above 0 and below 1
 * @param family reports that share this error, such as one a window: each gets an equal part of it; at least 1
 * @param burnIn observed shoppers that both arms of a comparison need within a stratum before the stratum counts, at
 *     least 2. The smaller arm decides
 * @param tightestAt observed shoppers of the smaller arm at which the interval is made as short as possible, positive.
 *     Elsewhere it holds as well, and is only longer
 * @param mismatchError probability that a mismatch of the sample ratio is ever claimed where there is none, above 0 and
 *     below 1
 */
public record UpliftSettings(double error, int family, int burnIn, double tightestAt, double mismatchError) {
    public static final Setting<Long> REVENUE_CAP = Setting.ofLong(
                    "kombo.experiment.revenue.cap.minor", 100_000, between(1L, 1_000_000_000_000_000L))
            .medium("Most that a user counts for when the revenue of arms is compared, in each window after "
                    + "assignment and before it, in minor units of any currency. Not to be changed while an "
                    + "experiment runs.");

    /**
     * 5 % error; burn-in of 250 shoppers, with which the intervals held in all studies of {@code
     * topology-docs/uplift.md}, and before which an interval of revenue would be too long to be of use; tightest at 1000,
     * where it is at most 6 % longer than it could be from 250 to 10,000.
     */
    public static UpliftSettings standard() {
        return new UpliftSettings(0.05, 1, 250, 1000, 0.001);
    }
}
