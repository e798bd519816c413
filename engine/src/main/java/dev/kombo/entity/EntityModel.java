package dev.kombo.entity;

import dev.kombo.settings.Millis;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The published model of one entity: factors, popularity, neighbours and engagement. An immutable snapshot.
 *
 * @param entity the entity, see {@link Entity}
 * @param vector factors; not copied, never written after construction
 * @param popularityShort decayed popularity with the short half-life at {@code popularityTime}
 * @param popularityLong decayed popularity with the long half-life at {@code popularityTime}
 * @param popularityTime time both are decayed to, epoch milliseconds
 * @param interactions events that interacted with the entity; of {@link Entity#ALL}: returns
 * @param purchases closed orders that contain it; of {@link Entity#ALL}: all closed orders
 * @param lastPriceMinor unit price last paid in minor units, or {@link Item#UNKNOWN}
 * @param currency ISO 4217 code of that price; null: it is not known
 * @param neighbors items bought in the same orders, strongest first
 * @param engagement engagement with offers of it
 * @param generation number of the sweep whose basis the vector belongs to; 0 before the first
 * @param mass decayed sum of the weights of its interactions at {@code massTime}
 * @param massTime time the mass is decayed to, epoch milliseconds
 * @param repurchases how often an item's buyers buy it again
 * @param levels customers who took it, by the levels of their attributes; of {@link Entity#ALL}: all customers
 */
public record EntityModel(
        String entity,
        float[] vector,
        double popularityShort,
        double popularityLong,
        long popularityTime,
        long interactions,
        long purchases,
        long lastPriceMinor,
        @Nullable String currency,
        List<Neighbor> neighbors,
        EngagementCounts engagement,
        int generation,
        double mass,
        long massTime,
        RepurchaseCounts repurchases,
        LevelCounts levels) {
    /** Time after which an interaction counts half in the mass and in the counts of pairs, in milliseconds. */
    public static final long MASS_HALF_LIFE_MILLIS = 60 * Millis.DAY;
}
