package dev.kombo.ranking.slate;

import dev.kombo.ranking.Signal;
import dev.kombo.ranking.value.OfferValue.BundleMoney;

/**
 * A candidate that was fully valued for a slate.
 *
 * @param bundleId the bundle
 * @param content its members
 * @param signals standardised signals in the order of {@link Signal}; not copied, never written
 * @param relevance logit of the current ranker
 * @param features of the conversion model, at rank 1 and the price of the terms; not copied, never written
 * @param money its price-independent money figures
 * @param terms the price at which it would have been offered, and its value
 */
public record ConsideredCandidate(
        String bundleId,
        LoggedContent content,
        float[] signals,
        double relevance,
        float[] features,
        BundleMoney money,
        Terms terms) {

    /**
     * The logging policy's terms for it.
     *
     * @param priceMinor the price at which it would have been offered, in minor units
     * @param currency ISO 4217 code
     * @param value a logit, or the logarithm of money, before diversity; {@link Double#NaN} where it was not worth
     *     offering
     */
    public record Terms(long priceMinor, String currency, double value) {}
}
