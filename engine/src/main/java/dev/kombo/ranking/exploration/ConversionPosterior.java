package dev.kombo.ranking.exploration;

import dev.kombo.catalog.index.ResponseKeys;
import dev.kombo.ranking.signals.ResponseSignals;

/**
 * The posterior of a bundle's conversion rate: a beta distribution. With g the rate over all bundles, a prior worth k
 * impressions, n impressions of the bundle's own and c conversions, all decayed to the same moment, it is Beta(k g + c,
 * k (1 - g) + n - c): the distribution whose mean {@link ResponseSignals} uses.
 *
 * @param successes first parameter, above 0
 * @param failures second parameter, above 0
 */
record ConversionPosterior(double successes, double failures) {
    /** Conversions of the prior while no offer of any bundle has converted: one half, as in Jeffreys' prior. */
    private static final double UNKNOWN_CONVERSIONS = 0.5;

    /** Keeps both parameters above 0 where a count was subtracted that was never added. */
    private static final double LEAST = 1e-6;

    /**
     * The posterior of a bundle.
     *
     * @param own engagement with its offers
     * @param prior the prior engagement at the moment in question
     * @param priorImpressions k
     */
    static ConversionPosterior of(ResponseKeys own, ResponseKeys prior, double priorImpressions) {
        double known = count(prior.conversions(), prior, priorImpressions);
        double expected = known > 0 ? known : UNKNOWN_CONVERSIONS;
        double conversions = count(own.conversions(), prior, priorImpressions);
        double rest = Math.max(0, impressions(own, prior, priorImpressions) - conversions);
        return new ConversionPosterior(
                Math.max(LEAST, expected + conversions), Math.max(LEAST, priorImpressions - expected + rest));
    }

    /** A bundle's impressions, decayed to the moment of the prior. */
    static double impressions(ResponseKeys own, ResponseKeys prior, double priorImpressions) {
        return count(own.impressions(), prior, priorImpressions);
    }

    private static double count(double key, ResponseKeys prior, double priorImpressions) {
        return priorImpressions * Math.exp(key - prior.impressions());
    }

    /** The mean rate, 0 to 1. */
    double mean() {
        return successes / (successes + failures);
    }
}
