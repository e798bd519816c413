package dev.kombo.tracking.uplift;

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

    /**
     * Checks the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public UpliftSettings {
        check(error > 0 && error < 1, "error", error);
        check(family >= 1, "family", family);
        check(burnIn >= 2, "burnIn", burnIn);
        check(tightestAt > 0 && Double.isFinite(tightestAt), "tightestAt", tightestAt);
        check(mismatchError > 0 && mismatchError < 1, "mismatchError", mismatchError);
    }

    /**
     * 5 % error; burn-in of 250 shoppers, with which the intervals held in all studies of {@code
     * topology-docs/uplift.md}, and before which an interval of revenue would be too long to be of use; tightest at 1000,
     * where it is at most 6 % longer than it could be from 250 to 10,000.
     */
    public static UpliftSettings standard() {
        return new UpliftSettings(0.05, 1, 250, 1000, 0.001);
    }

    private static void check(boolean right, String name, double value) {
        if (!right) {
            throw new IllegalArgumentException(name + " is out of range: " + value);
        }
    }
}
