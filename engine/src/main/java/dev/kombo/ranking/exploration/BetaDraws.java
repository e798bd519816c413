package dev.kombo.ranking.exploration;

import dev.kombo.catalog.StableHash;
import org.apache.commons.rng.UniformRandomProvider;
import org.apache.commons.rng.sampling.distribution.AhrensDieterMarsagliaTsangGammaSampler;
import org.apache.commons.rng.sampling.distribution.SharedStateContinuousSampler;

/**
 * Draws from a beta distribution, the same for the same seed. A beta variable is X / (X + Y) of two gamma variables, so
 * its log odds are ln X - ln Y; these are drawn instead, because they have the same order and do not underflow where a
 * parameter is far below 1. Below shape 1, G(a) is drawn as G(a + 1) times U to the power of 1 / a (Marsaglia, Tsang
 * 2000, "A simple method for generating gamma variables"), in logarithms. Not thread-safe.
 */
final class BetaDraws {
    private final UniformRandomProvider random;
    private final LogGammaVariable successes;
    private final LogGammaVariable failures;
    private long drawn;

    /**
     * Creates a stream of draws, one per seed.
     *
     * @param successes first parameter, above 0
     * @param failures second parameter, above 0
     */
    BetaDraws(long seed, double successes, double failures) {
        random = () -> StableHash.combine(seed, ++drawn);
        this.successes = new LogGammaVariable(random, successes);
        this.failures = new LogGammaVariable(random, failures);
    }

    /** Log odds of the next draw. */
    double logOdds() {
        return successes.next() - failures.next();
    }

    private static final class LogGammaVariable {
        private final UniformRandomProvider random;
        private final double shape;
        private final SharedStateContinuousSampler gamma;

        private LogGammaVariable(UniformRandomProvider random, double shape) {
            this.random = random;
            this.shape = shape;
            gamma = AhrensDieterMarsagliaTsangGammaSampler.of(random, shape < 1 ? shape + 1 : shape, 1);
        }

        private double next() {
            double log = Math.log(gamma.sample());
            return shape < 1 ? log + Math.log(1 - random.nextDouble()) / shape : log;
        }
    }
}
