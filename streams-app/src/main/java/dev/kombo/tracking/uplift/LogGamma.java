package dev.kombo.tracking.uplift;

/**
 * Logarithm of the gamma function: Stirling's series (NIST Digital Library of Mathematical Functions, 5.11.1), which is
 * asymptotic, so the argument is first moved up by the recurrence {@code gamma(x + 1) = x · gamma(x)} (5.5.1).
 */
final class LogGamma {
    private static final double LARGE = 12;
    private static final double HALF_LOG_TWO_PI = 0.5 * Math.log(2 * Math.PI);
    /** Bernoulli's numbers 2k over 2k (2k - 1), from k = 1. */
    private static final double[] SERIES = {
        1.0 / 12, -1.0 / 360, 1.0 / 1260, -1.0 / 1680, 1.0 / 1188, -691.0 / 360360, 1.0 / 156
    };

    private LogGamma() {}

    /** At a positive argument; the relative error is that of rounding. */
    static double of(double x) {
        double argument = x;
        double moved = 0;
        if (argument < LARGE) {
            double product = 1;
            while (argument < LARGE) {
                product *= argument;
                argument++;
            }
            moved = Math.log(product);
        }
        double inverse = 1 / argument;
        double square = inverse * inverse;
        double sum = 0;
        for (int k = SERIES.length - 1; k >= 0; k--) {
            sum = sum * square + SERIES[k];
        }
        return (argument - 0.5) * Math.log(argument) - argument + HALF_LOG_TWO_PI + sum * inverse - moved;
    }
}
