package dev.kombo.learning.mining;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Millis;
import dev.kombo.settings.Setting;
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
    public static final Setting<Integer> PUBLISHED = Setting.ofInt("kombo.copurchase.published", 30, between(0, 1000))
            .low("Co-purchase neighbours published with an item.");

    private static final int CAPACITY = 100;
    private static final int TRIPLE_PARTNERS = 20;
    private static final long HALF_LIFE_MILLIS = 60 * Millis.DAY;

    /** Reads the settings. */
    public static NeighborSettings of(SettingValues values) {
        return new NeighborSettings(
                CAPACITY,
                TRIPLE_PARTNERS,
                values.get(MiningSettings.SUPPORT_MIN),
                HALF_LIFE_MILLIS,
                values.get(PUBLISHED));
    }

    /** Most triples kept. */
    public int tripleCapacity() {
        return triplePartners * (triplePartners - 1) / 2;
    }
}
