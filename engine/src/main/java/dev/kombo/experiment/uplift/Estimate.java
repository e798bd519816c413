package dev.kombo.experiment.uplift;

/**
 * Adjusted means of two arms over the strata that count, with their variances.
 *
 * @param users observed shoppers of all arms in the strata that count: their weights
 * @param armUsers those of the arm
 * @param referenceUsers those of the reference
 * @param armMean mean response of the arm, adjusted by the covariate
 * @param referenceMean mean response of the reference, adjusted likewise
 * @param armVariance variance of {@code armMean}
 * @param referenceVariance variance of {@code referenceMean}
 * @param covariance of both means: they are adjusted to the same covariate
 * @param clock time of the confidence sequence, see {@link ConfidenceSequence#multiplier}
 * @param varianceKept variance of the difference with the covariate over that without; 1 where it does not help
 */
public record Estimate(
        long users,
        long armUsers,
        long referenceUsers,
        double armMean,
        double referenceMean,
        double armVariance,
        double referenceVariance,
        double covariance,
        double clock,
        double varianceKept) {

    /** How much higher the arm's mean is, in units of the response. */
    public double difference() {
        return armMean - referenceMean;
    }

    /** Variance of the difference; not negative. */
    public double differenceVariance() {
        return Math.max(0, armVariance + referenceVariance - 2 * covariance);
    }

    /** The difference over the reference's mean; not finite where that is 0. */
    public double relative() {
        return armMean / referenceMean - 1;
    }
}
