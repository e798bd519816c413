package dev.kombo.experiment.uplift;

/**
 * Computes the interval of a ratio of two means by Fieller's method (1954, "Some problems in interval estimation"): all
 * ratios r for which {@code numerator - r · denominator} is not distinguishable from zero. Unlike the delta method it
 * does not assume that the ratio is normal, and it includes 1 exactly where the interval of the difference includes 0,
 * so that both agree.
 */
final class Fieller {
    private Fieller() {}

    /**
     * Solves {@code (numerator - r · denominator)² <= multiplier² · (numeratorVariance - 2 r covariance + r²
     * denominatorVariance)} for r.
     *
     * @return {@link Interval#UNBOUNDED} where the denominator is not distinguishable from zero
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
