package dev.kombo.experiment.offpolicy;

/**
 * The overlap that a log needs for an estimate to be given.
 *
 * @param effectiveSampleSize least effective sample size, at least 2
 * @param weightShare largest share of all weight that one slate may hold, above 0 up to 1
 * @param unsupported largest probability with which the candidate policy may make choices that the logging policy never
 *     makes, 0 to below 1. The rewards of such choices count as 0
 */
public record OverlapLimits(double effectiveSampleSize, double weightShare, double unsupported) {

    /**
     * Validates the ranges.
     *
     * @throws IllegalArgumentException if a value is out of its range
     */
    public OverlapLimits {
        check(effectiveSampleSize >= 2, "effectiveSampleSize", "at least 2", effectiveSampleSize);
        check(weightShare > 0 && weightShare <= 1, "weightShare", "above 0 up to 1", weightShare);
        check(unsupported >= 0 && unsupported < 1, "unsupported", "0 to below 1", unsupported);
    }

    /**
     * An effective sample of 100, at most a tenth of the weight per slate, and no unsupported choices except for
     * rounding.
     */
    public static OverlapLimits standard() {
        return new OverlapLimits(100, 0.1, 1e-9);
    }

    private static void check(boolean right, String name, String expected, double value) {
        if (!right) {
            throw new IllegalArgumentException(name + " must be " + expected + ", but is " + value);
        }
    }
}
