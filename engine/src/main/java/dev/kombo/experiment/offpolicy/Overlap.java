package dev.kombo.experiment.offpolicy;

import dev.kombo.experiment.offpolicy.Refusal.Obstacle;
import java.util.Locale;
import java.util.Optional;

/**
 * Measures how much the slates of a log resemble those of the candidate policy.
 *
 * @param slates number of slates
 * @param effectiveSampleSize (sum of weights)² / sum of squared weights (Kish, Survey Sampling, 1965): the number of
 *     equally weighted slates that would be as informative; 0 to {@code slates}
 * @param largestWeightShare largest weight over the sum of weights, 0 to 1
 * @param meanWeight mean weight. Its expectation is 1 less {@code unsupported}; if it is further away than a few of its
 *     standard errors, either the propensities are wrong, or the weights are so uneven that the large ones have not
 *     occurred yet
 * @param meanWeightError standard error of the mean weight; NaN below two slates
 * @param unsupported estimated probability that the candidate policy makes a choice that the logging policy never
 *     makes, 0 where it never does
 */
public record Overlap(
        long slates,
        double effectiveSampleSize,
        double largestWeightShare,
        double meanWeight,
        double meanWeightError,
        double unsupported) {

    /** Why no estimate should be given; empty where one may be. */
    public Optional<Refusal> refusal(Limits limits) {
        // Each comparison is written so that NaN is refused as well.
        if (!(unsupported <= limits.unsupported())) {
            return refused(
                    Obstacle.UNSUPPORTED_CHOICES,
                    "with probability %.3g the candidate policy makes choices that the logging policy never makes: "
                            + "the log does not say what they earn",
                    unsupported);
        }
        if (!(effectiveSampleSize >= limits.effectiveSampleSize())) {
            return refused(
                    Obstacle.SMALL_EFFECTIVE_SAMPLE,
                    "%d slates are worth %.1f of equal weight, below the %.1f asked for: the candidate policy shows "
                            + "others than these, or there are too few",
                    slates,
                    effectiveSampleSize,
                    limits.effectiveSampleSize());
        }
        if (!(largestWeightShare <= limits.weightShare())) {
            return refused(
                    Obstacle.DOMINANT_SLATE,
                    "one slate of %d holds %.3f of all weight, above the %.3f allowed",
                    slates,
                    largestWeightShare,
                    limits.weightShare());
        }
        return Optional.empty();
    }

    private Optional<Refusal> refused(Obstacle reason, String pattern, Object... values) {
        return Optional.of(new Refusal(reason, String.format(Locale.ROOT, pattern, values), this));
    }

    /**
     * The overlap that a log needs for an estimate to be given.
     *
     * @param effectiveSampleSize least effective sample size, at least 2
     * @param weightShare largest share of all weight that one slate may hold, above 0 up to 1
     * @param unsupported largest probability with which the candidate policy may make choices that the logging policy
     *     never makes, 0 to below 1. The rewards of such choices count as 0
     */
    public record Limits(double effectiveSampleSize, double weightShare, double unsupported) {

        /**
         * Validates the ranges.
         *
         * @throws IllegalArgumentException if a value is out of its range
         */
        public Limits {
            check(effectiveSampleSize >= 2, "effectiveSampleSize", "at least 2", effectiveSampleSize);
            check(weightShare > 0 && weightShare <= 1, "weightShare", "above 0 up to 1", weightShare);
            check(unsupported >= 0 && unsupported < 1, "unsupported", "0 to below 1", unsupported);
        }

        /**
         * An effective sample of 100, at most a tenth of the weight per slate, and no unsupported choices except for
         * rounding.
         */
        public static Limits standard() {
            return new Limits(100, 0.1, 1e-9);
        }

        static void check(boolean right, String name, String expected, double value) {
            if (!right) {
                throw new IllegalArgumentException(name + " must be " + expected + ", but is " + value);
            }
        }
    }
}
