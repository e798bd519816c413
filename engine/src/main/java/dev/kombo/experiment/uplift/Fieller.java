package dev.kombo.experiment.uplift;

/**
 * The interval of a ratio of two means after Fieller (1954, "Some problems in interval estimation"): all ratios r for
 * which {@code numerator - r · denominator} is not distinguishable from zero. Unlike the delta method it does not take
 * the ratio for normal, and it holds 1 exactly where the interval of the difference holds 0, so that both tell the
 * same.
 */
final class Fieller {
    private Fieller() {}

    /**
     * Solves {@code (numerator - r · denominator)² <= multiplier² · (numeratorVariance - 2 r covariance + r²
     * denominatorVariance)} for r.
     *
     * @return {@link Interval#UNBOUNDED} where the denominator cannot be told from zero
     */
    static Interval ratio(Estimate estimate, double multiplier) {
        double square = multiplier * multiplier;
        double numerator = estimate.armMean();
        double denominator = estimate.referenceMean();
        double a = denominator * denominator - square * estimate.referenceVariance();
        if (!(a > 0)) {
            return Interval.UNBOUNDED;
        }
        double b = numerator * denominator - square * estimate.covariance();
        double c = numerator * numerator - square * estimate.armVariance();
        // The estimate itself solves the inequality, so a negative discriminant is rounding.
        double root = Math.sqrt(Math.max(0, b * b - a * c));
        return new Interval((b - root) / a, (b + root) / a);
    }
}
