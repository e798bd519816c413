package dev.kombo.ranking.slate;

import dev.kombo.ranking.Signal;
import dev.kombo.ranking.value.BundleMoney;

/**
 * A candidate that was looked at closely for a slate.
 *
 * @param bundleId the bundle
 * @param content what was in it
 * @param signals standardised signals in the order of {@link Signal}; not copied, never written
 * @param relevance logit of the ranker in force
 * @param features by which acceptance is judged, at rank 1 and the price of the terms; not copied, never written
 * @param money all that is known of its money
 * @param terms at what price it would have been offered, and what that was worth
 */
public record Considered(
        String bundleId,
        LoggedContent content,
        float[] signals,
        double relevance,
        float[] features,
        BundleMoney money,
        Terms terms) {

    /**
     * What the logging policy made of it.
     *
     * @param priceMinor at what price it would have been offered, in minor units
     * @param currency ISO 4217 code
     * @param value a logit, or the logarithm of money, before diversity; {@link Double#NaN} where it was not worth
     *     offering
     */
    public record Terms(long priceMinor, String currency, double value) {}
}
