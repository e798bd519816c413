package dev.kombo.attribution;

/**
 * Units of one item bought in one order line and not yet returned.
 *
 * @param itemId the item
 * @param quantity units, at least 1
 * @param unitPriceMinor price of one unit in minor units; 0 where unknown, and for members of a bundle bought whole
 * @param currency ISO 4217 code; empty where there is no price
 * @param orderId the order; empty where unknown
 * @param boughtAt epoch milliseconds
 */
public record BoughtLine(
        String itemId, int quantity, long unitPriceMinor, String currency, String orderId, long boughtAt) {

    BoughtLine withQuantity(int units) {
        return new BoughtLine(itemId, units, unitPriceMinor, currency, orderId, boughtAt);
    }
}
