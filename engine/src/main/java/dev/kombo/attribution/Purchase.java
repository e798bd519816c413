package dev.kombo.attribution;

/**
 * An order line: the purchase of an item or of a whole bundle.
 *
 * @param eventId the event
 * @param itemId the item; null where a bundle was bought
 * @param bundleId the bundle; null where an item was bought
 * @param offerId the offer it came through, or null
 * @param orderId the order, or null
 * @param quantity units, at least 1
 * @param unitPriceMinor price of one unit in minor units; 0 where unknown
 * @param currency ISO 4217 code; null where there is no price
 * @param time epoch milliseconds
 */
public record Purchase(
        String eventId,
        String itemId,
        String bundleId,
        String offerId,
        String orderId,
        int quantity,
        long unitPriceMinor,
        String currency,
        long time) {

    /**
     * Validates the line.
     *
     * @throws IllegalArgumentException if it has not exactly one of item and bundle, or quantity or price is out of
     *     range
     */
    public Purchase {
        LineChecks.check(itemId, bundleId, quantity, unitPriceMinor);
    }

    Purchase withQuantity(int units) {
        return new Purchase(eventId, itemId, bundleId, offerId, orderId, units, unitPriceMinor, currency, time);
    }

    /** Price of all units in minor units. */
    public long revenueMinor() {
        return unitPriceMinor * quantity;
    }
}
