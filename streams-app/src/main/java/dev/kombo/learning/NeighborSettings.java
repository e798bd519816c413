package dev.kombo.learning;

/**
 * Settings of {@link NeighborCounts}.
 *
 * @param capacity partners kept an item, 1 to 1000
 * @param triplePartners strongest frequent partners whose pairs are counted as triples, 0 (none) to 64; at most
 *     n(n-1)/2 triples are kept
 * @param tripleMinimumOrders orders that make a pair frequent, 1 to 1 000 000
 * @param halfLifeMillis time after which an order counts half in the weights, 1 minute to 10 years
 */
public record NeighborSettings(int capacity, int triplePartners, int tripleMinimumOrders, long halfLifeMillis) {
    private static final long MINUTE = 60_000L;
    private static final long DAY = 24 * 60 * MINUTE;

    /** Refuses values out of range. */
    public NeighborSettings {
        Settings.requireRange("capacity", capacity, 1, 1000);
        Settings.requireRange("triplePartners", triplePartners, 0, 64);
        Settings.requireRange("tripleMinimumOrders", tripleMinimumOrders, 1, 1_000_000);
        Settings.requireRange("halfLifeMillis", halfLifeMillis, MINUTE, 3650 * DAY);
    }

    /** 100 partners, triples among the strongest 20, pairs frequent from 6 orders, 60 days. */
    public static NeighborSettings defaults() {
        return new NeighborSettings(100, 20, 6, 60 * DAY);
    }

    /** Triples kept at most. */
    public int tripleCapacity() {
        return triplePartners * (triplePartners - 1) / 2;
    }
}
