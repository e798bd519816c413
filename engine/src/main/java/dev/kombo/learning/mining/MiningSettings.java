package dev.kombo.learning.mining;

import static dev.kombo.settings.Range.between;

import dev.kombo.price.BundlePricing;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of {@link BundleMiner}. */
public record MiningSettings(
        int ordersPerSupport,
        int supportFloor,
        int supportCeiling,
        double minimumLift,
        double minimumLiftLower,
        int largestShare,
        BundlePricing pricing,
        boolean autoApprove) {
    public static final Setting<Integer> SUPPORT_MAX = Setting.ofInt(
                    "kombo.mining.support.max", 15, between(2, 1_000_000))
            .medium("Fewest orders that must hold all members of a mined bundle (support) in a large shop.");
    public static final Setting<Integer> SUPPORT_MIN = Setting.ofInt(
                    "kombo.mining.support.min", 6, between(2, 1_000_000))
            .atMost(SUPPORT_MAX)
            .medium("Fewest orders that must hold all members of a mined bundle (support) in a small shop.");
    public static final Setting<Double> LIFT_MIN = Setting.ofDouble("kombo.mining.lift.min", 2, between(1.0, 1000.0))
            .medium("Smallest lift of a mined pair, and smallest square root of the lift of a mined triple.");
    public static final Setting<Double> LIFT_LOWER_MIN = Setting.ofDouble(
                    "kombo.mining.lift.lower.bound.min", 1.2, between(0.0, 1000.0))
            .low("Smallest lower bound (95 %) of the lift of a mined bundle.");
    public static final Setting<Integer> BUNDLES_PER_ITEM = Setting.ofInt(
                    "kombo.mining.bundles.per.item", 5, between(1, 1000))
            .medium("Most bundles mined per item and size.");
    public static final Setting<Boolean> AUTO_APPROVE = Setting.ofBoolean("kombo.mining.auto.approve", false)
            .medium("Whether mined bundles enter the catalogue without approval.");

    /**
     * Closed orders of the shop per order of required support, between the limits for small and large shops: by
     * default, a shop is small up to 1,800 orders and large from 4,500 on.
     */
    private static final int ORDERS_PER_SUPPORT = 300;

    /** Reads the settings. */
    public static MiningSettings of(SettingValues values) {
        return new MiningSettings(
                ORDERS_PER_SUPPORT,
                values.get(SUPPORT_MIN),
                values.get(SUPPORT_MAX),
                values.get(LIFT_MIN),
                values.get(LIFT_LOWER_MIN),
                values.get(BUNDLES_PER_ITEM),
                BundlePricing.of(values),
                values.get(AUTO_APPROVE));
    }

    /** The support required after a number of closed orders. */
    public long minimumSupport(long orders) {
        return Math.max(supportFloor, Math.min(supportCeiling, orders / ordersPerSupport));
    }

    /**
     * The settings by which a bundle that was suggested is kept: half of the support, half of the excess of the lift.
     */
    MiningSettings toKeep() {
        return new MiningSettings(
                2 * ordersPerSupport,
                (supportFloor + 1) / 2,
                (supportCeiling + 1) / 2,
                (1 + minimumLift) / 2,
                Math.min(minimumLiftLower, (1 + minimumLiftLower) / 2),
                largestShare,
                pricing,
                autoApprove);
    }
}
