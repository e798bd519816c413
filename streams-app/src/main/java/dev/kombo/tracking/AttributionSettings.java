package dev.kombo.tracking;

import java.time.Duration;

/**
 * Bounds of a shopper's ledger.
 *
 * @param windowMillis how long after an offer a purchase is credited to it, in milliseconds
 * @param maxOpenOffers open offers kept; the oldest closes early
 * @param maxConversions conversions kept, so that a return can take them back; the oldest is forgotten
 * @param maxBoughtLines lines of units bought and not yet credited; the oldest is forgotten
 * @param maxWaiting touches that wait for their offer, and bundles bought whole that wait to be credited; the oldest is
 *     given up early
 */
public record AttributionSettings(
        long windowMillis, int maxOpenOffers, int maxConversions, int maxBoughtLines, int maxWaiting) {

    /**
     * Checks the bounds.
     *
     * @throws IllegalArgumentException if one is below 1
     */
    public AttributionSettings {
        if (windowMillis < 1 || maxOpenOffers < 1 || maxConversions < 1 || maxBoughtLines < 1 || maxWaiting < 1) {
            throw new IllegalArgumentException("attribution settings start at 1");
        }
    }

    /** Seven days, 20 offers, 20 conversions, 100 lines, 20 waiting. */
    public static AttributionSettings standard() {
        return new AttributionSettings(Duration.ofDays(7).toMillis(), 20, 20, 100, 20);
    }

    /** When attribution ends for an offer made, or a touch that waits since, {@code time}. */
    public long closesAt(long time) {
        return time + windowMillis;
    }
}
