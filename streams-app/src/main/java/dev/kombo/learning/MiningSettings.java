package dev.kombo.learning;

/**
 * Settings of {@link BundleMiner}.
 *
 * @param ordersPerSupport closed orders a unit of the support that is asked for, 1 to 1 000 000
 * @param supportFloor least support ever asked for, 2 to 1 000 000
 * @param supportCeiling most support ever asked for, not below the floor
 * @param minimumLift least lift, in [1, 1000]; of a triple, least square root of its lift
 * @param minimumLiftLower least lower confidence bound on it, in [0, 1000]
 * @param confidenceZ normal quantile of the one-sided bound, in [0, 6]; 1.645: 95 %
 * @param largestShare bundles an item and size that may be suggested at most, 1 to 1000
 * @param discountBasisPoints discount on the sum of the members' prices, in hundredths of a percent, 0 to 9999
 */
public record MiningSettings(
        int ordersPerSupport,
        int supportFloor,
        int supportCeiling,
        double minimumLift,
        double minimumLiftLower,
        double confidenceZ,
        int largestShare,
        int discountBasisPoints) {

    /** Refuses values out of range. */
    public MiningSettings {
        Settings.requireRange("ordersPerSupport", ordersPerSupport, 1, 1_000_000);
        Settings.requireRange("supportFloor", supportFloor, 2, 1_000_000);
        Settings.requireRange("supportCeiling", supportCeiling, supportFloor, 1_000_000);
        Settings.requireRange("minimumLift", minimumLift, 1.0, 1000.0);
        Settings.requireRange("minimumLiftLower", minimumLiftLower, 0.0, 1000.0);
        Settings.requireRange("confidenceZ", confidenceZ, 0.0, 6.0);
        Settings.requireRange("largestShare", largestShare, 1, 1000);
        Settings.requireRange("discountBasisPoints", discountBasisPoints, 0, 9999);
    }

    /** Support orders / 300 within [6, 15], lift 2, lower bound 1.2 at 95 %, 25 an item and size, 10 % off. */
    public static MiningSettings defaults() {
        return new MiningSettings(300, 6, 15, 2, 1.2, 1.645, 25, 1000);
    }

    /** Support asked for after so many closed orders. */
    public long minimumSupport(long orders) {
        return Math.max(supportFloor, Math.min(supportCeiling, orders / ordersPerSupport));
    }
}
