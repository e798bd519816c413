package dev.kombo.attribution;

import org.jspecify.annotations.Nullable;

/**
 * The return of an item or of a whole bundle.
 *
 * @param eventId the event
 * @param itemId the item; null where a bundle was returned
 * @param bundleId the bundle; null where an item was returned
 * @param orderId the order it was bought with, or null; an id that names no order is accepted, since some shops give
 *     returns numbers of their own
 * @param quantity units, at least 1
 * @param unitPriceMinor price of one unit in minor units; 0 where unknown
 * @param currency ISO 4217 code; null where there is no price
 * @param time epoch milliseconds
 */
public record Return(
        String eventId,
        @Nullable String itemId,
        @Nullable String bundleId,
        @Nullable String orderId,
        int quantity,
        long unitPriceMinor,
        @Nullable String currency,
        long time) {

    /**
     * Validates the line.
     *
     * @throws IllegalArgumentException if it has not exactly one of item and bundle, or quantity or price is out of
     *     range
     */
    public Return {
        LineChecks.check(itemId, bundleId, quantity, unitPriceMinor);
    }

    /** Price of all units in minor units. */
    public long revenueMinor() {
        return unitPriceMinor * quantity;
    }
}
