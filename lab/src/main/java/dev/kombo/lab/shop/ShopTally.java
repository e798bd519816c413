package dev.kombo.lab.shop;

import java.util.Map;

/**
 * What the shop counted since it opened; an immutable copy. The shop sees only the arms of offers that it received:
 * the holdout is in the service's own report.
 *
 * @param events events published and acknowledged
 * @param offers offers received
 * @param impressions offers seen by their shopper
 * @param clicks bundles clicked
 * @param conversions offered bundles bought, whole or item by item
 * @param revenueMinor money paid for them in minor units, returns not taken off
 * @param arms figures by arm, by name
 */
public record ShopTally(
        long events,
        long offers,
        long impressions,
        long clicks,
        long conversions,
        long revenueMinor,
        Map<String, ArmTally> arms) {

    /**
     * What the shop counted in one arm.
     *
     * @param users shoppers who got an offer in it, visitors without an account included
     * @param offers offers received
     * @param impressions offers seen
     * @param clicks bundles clicked
     * @param conversions offered bundles bought
     * @param revenueMinor money paid for them in minor units
     */
    public record ArmTally(
            long users, long offers, long impressions, long clicks, long conversions, long revenueMinor) {
        static final ArmTally NONE = new ArmTally(0, 0, 0, 0, 0, 0);

        ArmTally plus(ArmTally other) {
            return new ArmTally(
                    users + other.users,
                    offers + other.offers,
                    impressions + other.impressions,
                    clicks + other.clicks,
                    conversions + other.conversions,
                    revenueMinor + other.revenueMinor);
        }
    }

    /** Copies the map. */
    public ShopTally {
        arms = Map.copyOf(arms);
    }
}
