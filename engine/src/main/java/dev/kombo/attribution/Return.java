package dev.kombo.attribution;

/**
 * A line that came back: of an item or of a bundle as a whole.
 *
 * @param eventId the event
 * @param itemId the item; null where a bundle came back
 * @param bundleId the bundle; null where an item came back
 * @param orderId the order it was bought with, where known, or null; shops that number returns anew are understood
 * @param quantity units, at least 1
 * @param unitPriceMinor price of one unit in minor units; 0 where unknown
 * @param currency ISO 4217 code; null where there is no price
 * @param time epoch milliseconds
 */
public record Return(
        String eventId,
        String itemId,
        String bundleId,
        String orderId,
        int quantity,
        long unitPriceMinor,
        String currency,
        long time) {

    /**
     * Checks the line.
     *
     * @throws IllegalArgumentException if it is not of either an item or a bundle, or quantity or price is out of range
     */
    public Return {
        Lines.check(itemId, bundleId, quantity, unitPriceMinor);
    }

    /** Price of all units in minor units. */
    public long revenueMinor() {
        return unitPriceMinor * quantity;
    }
}
