package dev.kombo.learning.mining;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.MINUTE;
import static dev.kombo.settings.Range.between;

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
    public static final Setting<Integer> CAPACITY = Setting.ofInt("kombo.copurchase.capacity", 100, between(2, 1000))
            .low("Co-purchase neighbours counted per item.");
    public static final Setting<Integer> PUBLISHED = Setting.ofInt("kombo.copurchase.published", 30, between(0, 1000))
            .low("Co-purchase neighbours published with an item.");
    public static final Setting<Long> HALF_LIFE = Setting.ofLong(
                    "kombo.copurchase.half.life.ms", 60 * DAY, between(MINUTE, DECADE))
            .medium("Half-life of co-purchase weights, in milliseconds.");

    private static final int TRIPLE_PARTNERS = 20;

    /** Reads the settings. */
    public static NeighborSettings of(SettingValues values) {
        return new NeighborSettings(
                values.get(CAPACITY),
                TRIPLE_PARTNERS,
                values.get(MiningSettings.SUPPORT_MIN),
                values.get(HALF_LIFE),
                values.get(PUBLISHED));
    }

    /** Most triples kept. */
    public int tripleCapacity() {
        return triplePartners * (triplePartners - 1) / 2;
    }
}
