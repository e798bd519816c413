package dev.kombo.catalog;

import java.util.List;

/**
 * What is published of one {@link Target}: a snapshot that never changes.
 *
 * @param target the target
 * @param vector factors; not copied, never written after construction
 * @param bias bias
 * @param popularityShort decayed popularity with the short half-life at {@code popularityTime}
 * @param popularityLong decayed popularity with the long half-life at {@code popularityTime}
 * @param popularityTime time both are decayed to, epoch milliseconds
 * @param interactions events that touched the target
 * @param purchases closed orders that contain it; of {@link Target#ALL}: all closed orders
 * @param lastPriceMinor unit price last paid in minor units, or {@link Item#UNKNOWN}
 * @param currency ISO 4217 code of that price, or null
 * @param neighbors items bought in the same orders, strongest first
 * @param responses what became of offers of it
 * @param version number of updates applied
 * @param generation number of the sweep whose basis the vector belongs to; 0 before the first
 * @param mass decayed sum of the weights of its interactions at {@code massTime}
 * @param massTime time the mass is decayed to, epoch milliseconds
 */
public record TargetModel(
        String target,
        float[] vector,
        float bias,
        double popularityShort,
        double popularityLong,
        long popularityTime,
        long interactions,
        long purchases,
        long lastPriceMinor,
        String currency,
        List<Neighbor> neighbors,
        Responses responses,
        long version,
        int generation,
        double mass,
        long massTime) {}
