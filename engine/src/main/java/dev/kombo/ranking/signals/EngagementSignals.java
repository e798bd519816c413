package dev.kombo.ranking.signals;

import dev.kombo.catalog.index.EngagementKeys;
import dev.kombo.ranking.Signal;

/**
 * Measures the click and conversion rates of a bundle's offers against those of all bundles. With n impressions and c
 * clicks of the bundle, decayed to now, g the rate over all bundles, and a prior worth k impressions, the posterior
 * mean of a beta-binomial is (c + k g) / (n + k), and the signal is
 *
 * <pre>
 *   ln((c + k g) / (n + k) / g) = ln(1 + c / (k g)) - ln(1 + n / k)
 * </pre>
 *
 * It is 0 for a bundle never shown, and for all bundles while g is 0 or not known. (Empirical Bayes: Casella, The
 * American Statistician 39, 1985; for click rates: Agarwal, Chen, Statistical Methods for Recommender Systems, 2016.)
 */
public final class EngagementSignals {
    private EngagementSignals() {}

    /**
     * Measures both signals of all candidates.
     *
     * @param candidates gets the values
     * @param prior k, k g and the same for conversions, at the request's time
     */
    public static void measure(Candidates candidates, EngagementKeys prior) {
        for (int c = 0; c < candidates.size(); c++) {
            EngagementKeys own = candidates.bundle(c).engagement();
            float shown = Softplus.of(own.impressions() - prior.impressions());
            candidates.set(Signal.CLICK_RATE, c, logRatio(own.clicks(), prior.clicks(), shown));
            candidates.set(Signal.CONVERSION_RATE, c, logRatio(own.conversions(), prior.conversions(), shown));
        }
    }

    private static float logRatio(double own, double prior, float shown) {
        return prior > Double.NEGATIVE_INFINITY ? Softplus.of(own - prior) - shown : 0f;
    }
}
