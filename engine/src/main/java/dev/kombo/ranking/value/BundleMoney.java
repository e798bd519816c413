package dev.kombo.ranking.value;

/**
 * The money figures of a bundle for one shopper that do not depend on the offered price.
 *
 * @param listPriceMinor sum of the members' prices, in minor units; negative where it is not known
 * @param priceMinor the catalogue's price in minor units
 * @param costMinor cost to the shop, in minor units; {@link Double#NaN} where it is not known
 * @param lowestPriceMinor price below which it may not be offered, in minor units; 0 without one
 * @param logPrice natural logarithm of the catalogue's price; 0 without one
 * @param logUnitPrice natural logarithm of the price of one unit in the bundle; 0 without one
 * @param organicRevenueMinor expected revenue of its members without the offer, in minor units
 * @param organicMarginMinor the same less their costs, where these are known
 * @param organicWhole probability that all members are bought without the offer, 0 to 1
 * @param slowness how slowly its stock sells: supply / (supply + 90 days), 0 to 1; 0 for unlimited stock
 */
public record BundleMoney(
        long listPriceMinor,
        long priceMinor,
        double costMinor,
        long lowestPriceMinor,
        float logPrice,
        float logUnitPrice,
        double organicRevenueMinor,
        double organicMarginMinor,
        double organicWhole,
        double slowness) {

    /** Price less cost in minor units; the whole price where the cost is not known. */
    double marginAt(long price) {
        return Double.isNaN(costMinor) ? price : price - costMinor;
    }
}
