package dev.kombo.learning.mining;

import dev.kombo.settings.Millis;
import dev.kombo.settings.SettingValues;

/**
 * Settings of {@link NeighborCounts}.
 *
 * @param capacity neighbours kept per item
 * @param triplePartners strongest frequent neighbours whose pairs are counted as triples; at most n(n-1)/2 triples are
 *     kept
 * @param tripleMinimumOrders orders that make a pair frequent
 * @param halfLifeMillis time after which an order counts half in the weights
 * @param published neighbours published with an item
 */
public record NeighborSettings(
        int capacity, int triplePartners, int tripleMinimumOrders, long halfLifeMillis, int published) {
    private static final int CAPACITY = 100;
    private static final int TRIPLE_PARTNERS = 20;
    private static final long HALF_LIFE_MILLIS = 60 * Millis.DAY;

    /**
     * Neighbours published with an item: each instance keeps them for every item, so they are fewer than are counted.
     */
    private static final int PUBLISHED = 30;

    /** Reads the settings. */
    public static NeighborSettings of(SettingValues values) {
        return new NeighborSettings(
                CAPACITY, TRIPLE_PARTNERS, values.get(MiningSettings.SUPPORT_MIN), HALF_LIFE_MILLIS, PUBLISHED);
    }

    /** Most triples kept. */
    public int tripleCapacity() {
        return triplePartners * (triplePartners - 1) / 2;
    }
}
