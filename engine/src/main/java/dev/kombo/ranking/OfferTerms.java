package dev.kombo.ranking;

/**
 * At what price a bundle is offered, and what is expected of that.
 *
 * @param priceMinor price of the whole in minor units
 * @param acceptance probability that it is taken, 0 to 1; 0 where the goal does not ask for it
 * @param valueMinor expected gain over what would have been bought anyway, in minor units, or in bundles where the goal is
 *     conversion; 0 where the goal does not ask for it
 * @param features by which acceptance is judged, in the order of {@link AcceptanceFeature}; not written after construction
 */
public record OfferTerms(long priceMinor, double acceptance, double valueMinor, float[] features) {}
