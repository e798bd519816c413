package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleSlot;
import dev.kombo.catalog.Entity;
import dev.kombo.catalog.StableHash;
import java.util.Arrays;
import java.util.List;

/**
 * The slots of a bundle with the items that may fill each. The array must not be written.
 *
 * @param slots as the bundle states them
 * @param sets the items of each
 * @param fixed hashes of the members that every offer contains, which fill no slot
 */
public record SlotPlan(List<BundleSlot> slots, List<SlotItems> sets, long[] fixed) {
    static SlotPlan of(Bundle bundle, List<SlotItems> sets) {
        long[] fixed = bundle.members().stream()
                .mapToLong(member -> StableHash.of(Entity.ofItem(member.itemId())))
                .toArray();
        return new SlotPlan(bundle.slots(), List.copyOf(sets), fixed);
    }

    /** Whether an item is one that every offer contains. */
    public boolean isFixed(ItemEntry entry) {
        for (long hash : fixed) {
            if (hash == entry.hash()) {
                return true;
            }
        }
        return false;
    }

    /** Units of all slots. */
    public int units() {
        int units = 0;
        for (BundleSlot slot : slots) {
            units = (int) Math.min(SlotItems.MOST, (long) units + slot.units());
        }
        return units;
    }

    /** Fills the slots with the most popular items. */
    SlotFill byPopularity(CatalogIndex index) {
        ItemEntry[][] candidates = new ItemEntry[slots.size()][];
        for (int s = 0; s < candidates.length; s++) {
            candidates[s] = Arrays.stream(sets.get(s).top())
                    .mapToObj(index::itemAt)
                    .filter(entry -> !isFixed(entry))
                    .toArray(ItemEntry[]::new);
        }
        return new SlotMatching(this, candidates).fill();
    }
}
