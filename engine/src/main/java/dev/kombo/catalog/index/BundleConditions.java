package dev.kombo.catalog.index;

import dev.kombo.entity.Entity;
import dev.kombo.entity.Item.Suitability;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.jspecify.annotations.Nullable;

/**
 * The combined conditions that the members of a bundle set for shoppers. The arrays are not written after construction.
 *
 * @param repeatable per member, whether a shopper who holds it may hold another one
 * @param requires hashes of the entities of which one must be held; one row per member that requires others
 * @param minAge youngest age in years
 * @param maxAge oldest age in years, or {@link Integer#MAX_VALUE}
 * @param segments the shopper must be in one of each
 * @param reasons the conditions as text for people: requires:ITEM|ITEM (one of them), age:FROM-TO, segment:NAME|NAME,
 *     completes:ITEM|ITEM (all of them)
 */
public record BundleConditions(
        boolean[] repeatable,
        long[][] requires,
        int minAge,
        int maxAge,
        List<Set<String>> segments,
        List<String> reasons) {
    /**
     * The combined conditions of the members; null where there are none.
     *
     * @param had other members that the shopper has, by id: what a member requires of them is met
     */
    public static @Nullable BundleConditions of(ItemEntry[] items, List<String> had) {
        boolean any = !had.isEmpty();
        for (ItemEntry entry : items) {
            any |= entry.item() != null && !entry.item().suitability().equals(Suitability.ONCE);
        }
        return any ? collected(items, had) : null;
    }

    private static BundleConditions collected(ItemEntry[] items, List<String> had) {
        boolean[] repeatable = new boolean[items.length];
        List<long[]> requires = new ArrayList<>();
        List<Set<String>> segments = new ArrayList<>();
        List<String> reasons = new ArrayList<>();
        int minAge = 0;
        int maxAge = Integer.MAX_VALUE;
        for (int m = 0; m < items.length; m++) {
            Suitability suits =
                    items[m].item() == null ? Suitability.ONCE : items[m].item().suitability();
            repeatable[m] = suits.repeatable();
            minAge = Math.max(minAge, suits.minAge());
            maxAge = Math.min(maxAge, suits.maxAge());
            long[] needed = suits.requires().stream()
                    .mapToLong(id -> Entity.hashOfItem(id))
                    .toArray();
            if (needed.length > 0 && !anyOf(items, needed) && Collections.disjoint(had, suits.requires())) {
                requires.add(needed);
                reasons.add("requires:" + joined(suits.requires()));
            }
            if (!suits.segments().isEmpty()) {
                segments.add(suits.segments());
                reasons.add("segment:" + joined(suits.segments()));
            }
        }
        if (minAge > 0 || maxAge < Integer.MAX_VALUE) {
            reasons.add("age:" + minAge + "-" + (maxAge == Integer.MAX_VALUE ? "" : maxAge));
        }
        if (!had.isEmpty()) {
            reasons.add("completes:" + joined(had));
        }
        return new BundleConditions(
                repeatable,
                requires.toArray(long[][]::new),
                minAge,
                maxAge,
                List.copyOf(segments),
                reasons.stream().distinct().toList());
    }

    private static String joined(Collection<String> names) {
        return names.stream().sorted().collect(Collectors.joining("|"));
    }

    private static boolean anyOf(ItemEntry[] items, long[] entities) {
        for (ItemEntry entry : items) {
            for (long entity : entities) {
                if (entry.hash() == entity) {
                    return true;
                }
            }
        }
        return false;
    }
}
