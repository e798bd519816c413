package dev.kombo.ranking;

import dev.kombo.catalog.StableHash;

/**
 * Draws from beta distributions, the same for the same seed. A beta variable is X / (X + Y) of two gamma variables, so
 * its log odds are ln X - ln Y; these are what is drawn, because they order draws alike and do not underflow where a
 * parameter is far below 1. Gamma variables by Marsaglia and Tsang (2000, "A simple method for generating gamma
 * variables", ACM Transactions on Mathematical Software 26): exact, by rejection of about one proposal in twenty; below
 * shape 1 by their remark that G(a) is G(a + 1) times U to the power of 1 / a. Touched by one thread.
 */
final class BetaDraws {
    private final long seed;
    private long drawn;

    /** A stream of its own for each seed. */
    BetaDraws(long seed) {
        this.seed = seed;
    }

    /**
     * Log odds of the next draw.
     *
     * @param successes first parameter, above 0
     * @param failures second parameter, above 0
     */
    double logOdds(double successes, double failures) {
        return logGamma(successes) - logGamma(failures);
    }

    private double logGamma(double shape) {
        return shape < 1 ? logGammaFromOne(shape + 1) + Math.log(positiveUnit()) / shape : logGammaFromOne(shape);
    }

    /** For shapes from 1 on. */
    private double logGammaFromOne(double shape) {
        double d = shape - 1.0 / 3;
        double c = 1 / Math.sqrt(9 * d);
        while (true) {
            double x = gaussian();
            double root = 1 + c * x;
            if (root > 0) {
                double v = root * root * root;
                double logV = Math.log(v);
                if (Math.log(positiveUnit()) < 0.5 * x * x + d - d * v + d * logV) {
                    return Math.log(d) + logV;
                }
            }
        }
    }

    /** Standard normal, by Box and Muller's transform. */
    private double gaussian() {
        double radius = Math.sqrt(-2 * Math.log(positiveUnit()));
        return radius * Math.cos(2 * Math.PI * positiveUnit());
    }

    /** In (0, 1]. */
    private double positiveUnit() {
        return 1 - StableHash.unit(StableHash.combine(seed, ++drawn));
    }
}
