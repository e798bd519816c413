package dev.kombo.ranking.value;

import dev.kombo.ranking.ConversionFeature;

/**
 * The price at which a bundle is offered, and what the shop is expected to gain by the offer, in money or in bundles
 * sold.
 *
 * @param priceMinor price of the whole in minor units
 * @param conversionProbability probability that it is bought through the offer, 0 to 1; 0 where the goal does not use
 *     it
 * @param valueMinor expected gain over what would have been bought anyway, in minor units, or in bundles where the goal
 *     is conversion; 0 where the goal does not use it
 * @param personal whether the price was chosen for the shopper
 * @param features of the conversion model, in the order of {@link ConversionFeature}; not written after construction
 */
public record OfferTerms(
        long priceMinor, double conversionProbability, double valueMinor, boolean personal, float[] features) {}
