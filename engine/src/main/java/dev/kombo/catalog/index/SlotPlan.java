package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.Entity;
import dev.kombo.price.PriceRule;
import dev.kombo.slot.BundleSlot;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * The slots of a bundle, which are places that each offer fills with items of a set, and the items that may fill each
 * slot. The array must not be written.
 *
 * @param slots as the bundle states them
 * @param sets the items of each
 * @param fixed hashes of the members that every offer contains, which fill no slot
 */
public record SlotPlan(List<BundleSlot> slots, List<SlotItems> sets, long[] fixed) {
    static SlotPlan of(Bundle bundle, List<SlotItems> sets) {
        long[] fixed = bundle.members().stream()
                .mapToLong(member -> Entity.hashOfItem(member.itemId()))
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

    /**
     * The plan with as many units in its only slot as the last tier of the bundle's price asks for that the slot
     * allows; null where there is none for more units than fill it already.
     *
     * @param entry as this plan fills it
     */
    public @Nullable SlotPlan larger(BundleEntry entry) {
        BundleSlot slot = slots.get(0);
        long more = slot.units();
        long others = -more;
        for (int m = 0; m < entry.size(); m++) {
            others += entry.quantity(m);
        }
        for (PriceRule.Tier tier : entry.bundle().priceRule().priceTiers()) {
            long units = tier.fromUnits() - others;
            more = units <= Math.min(slot.maxUnits(), SlotItems.MOST - others) ? Math.max(more, units) : more;
        }
        return slots.size() > 1 || more == slot.units()
                ? null
                : new SlotPlan(List.of(slot.withUnits((int) more)), sets, fixed);
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
