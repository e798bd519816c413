package dev.kombo.ranking.exploration;

import java.util.Arrays;

/**
 * The probability that each of several bundles is the best one. Immutable.
 *
 * <p>Estimated by draws from each bundle's posterior: the share of the draws in which its rate is the highest (Thompson
 * 1933, "On the likelihood that one unknown probability exceeds another in view of the evidence of two samples"). A
 * fifth of the probability is spread evenly: each bundle gets at least a fifth of an even share, so that no bundle is
 * dismissed after few draws, and off-policy weights from the log stay bounded. With n draws the standard error of a
 * share p is sqrt(p (1 - p) / n), at most 0.023 with 500; it makes choices slightly less efficient but not biased,
 * since they are drawn by the same probabilities that are logged.
 */
final class BestBundleOdds {
    static final BestBundleOdds NONE = new BestBundleOdds(new long[0], new double[0]);

    /** Share of the probability that is spread evenly. */
    static final double EVEN_SHARE = 0.2;

    private final long[] hashes;
    private final double[] probabilities;

    private BestBundleOdds(long[] hashes, double[] probabilities) {
        this.hashes = hashes;
        this.probabilities = probabilities;
    }

    /**
     * Estimates the odds.
     *
     * @param hashes of the bundles as entities, ascending; kept, never to be written again
     * @param posteriors of each bundle's rate
     * @param draws from each posterior, positive
     * @param seed of the draws; a bundle's own draws do not depend on the other bundles
     */
    static BestBundleOdds of(long[] hashes, ConversionPosterior[] posteriors, int draws, long seed) {
        int count = hashes.length;
        double[] best = new double[draws];
        int[] winner = new int[draws];
        Arrays.fill(best, Double.NEGATIVE_INFINITY);
        for (int b = 0; b < count; b++) {
            BetaDraws own = new BetaDraws(seed ^ hashes[b], posteriors[b].successes(), posteriors[b].failures());
            for (int d = 0; d < draws; d++) {
                double logOdds = own.logOdds();
                if (logOdds > best[d]) {
                    best[d] = logOdds;
                    winner[d] = b;
                }
            }
        }
        double[] probabilities = new double[count];
        Arrays.fill(probabilities, EVEN_SHARE / count);
        for (int d = 0; count > 0 && d < draws; d++) {
            probabilities[winner[d]] += (1 - EVEN_SHARE) / draws;
        }
        return new BestBundleOdds(hashes, probabilities);
    }

    /** Number of bundles. */
    int size() {
        return hashes.length;
    }

    /** Probability of the bundle with that hash; 0 where it is not among them. */
    double of(long hash) {
        int at = Arrays.binarySearch(hashes, hash);
        return at < 0 ? 0 : probabilities[at];
    }
}
