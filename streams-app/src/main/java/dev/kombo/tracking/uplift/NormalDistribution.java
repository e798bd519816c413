package dev.kombo.tracking.uplift;

/** The standard normal distribution. */
final class NormalDistribution {
    private static final double DENSITY_AT_ZERO = 1 / Math.sqrt(2 * Math.PI);

    /** Beyond it the distribution function is 0 or 1 to double precision. */
    private static final double FARTHEST = 8.5;

    private NormalDistribution() {}

    /** Its density. */
    static double density(double x) {
        return DENSITY_AT_ZERO * Math.exp(-0.5 * x * x);
    }

    /**
     * Its distribution function, by the series {@code 1/2 + density(x) (x + x³/3 + x⁵/(3·5) + x⁷/(3·5·7) + …)} (Marsaglia
     * 2004, "Evaluating the normal distribution", Journal of Statistical Software 11 (4)); the absolute error is that of
     * rounding.
     */
    static double cumulative(double x) {
        if (x > FARTHEST) {
            return 1;
        }
        if (x < -FARTHEST) {
            return 0;
        }
        double sum = x;
        double before = 0;
        double term = x;
        for (int odd = 3; Math.abs(sum - before) > 0; odd += 2) {
            before = sum;
            term *= x * x / odd;
            sum += term;
        }
        return Math.max(0, Math.min(1, 0.5 + sum * density(x)));
    }
}
