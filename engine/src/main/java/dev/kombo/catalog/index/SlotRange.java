package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleSlot;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.PriceRuleChecks;
import java.util.Comparator;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Fills the slots of a bundle with the cheapest and with the dearest items that a catalogue has for them at the moment: what an
 * offer may cost lies between. Looks at the whole catalogue, so it is for bundles that somebody changes.
 */
public final class SlotRange {
    private static final Comparator<ItemEntry> CHEAPEST_FIRST = Comparator.comparingLong(SlotRange::price);

    private final Bundle bundle;
    private final SlotPlan plan;
    private final List<List<ItemEntry>> candidates;

    public SlotRange(Bundle bundle, CatalogIndex catalog) {
        this.bundle = bundle;
        plan = SlotPlan.of(bundle, List.of());
        candidates =
                bundle.slots().stream().map(slot -> candidates(slot, catalog)).toList();
    }

    private List<ItemEntry> candidates(BundleSlot slot, CatalogIndex catalog) {
        String currency =
                CatalogRules.isCurrencyCode(bundle.currency()) && !bundle.priceless() ? bundle.currency() : null;
        SlotItems.Criteria criteria = new SlotItems.Criteria(
                Set.copyOf(slot.items()), slot.category(), slot.attribute(), slot.value(), currency);
        IntStream ordinals = slot.items().isEmpty()
                ? IntStream.range(0, catalog.itemCount())
                : slot.items().stream().mapToInt(catalog::itemOrdinal).filter(known -> known != CatalogIndex.UNKNOWN);
        return ordinals.mapToObj(catalog::itemAt)
                .filter(entry -> entry.item() != null && criteria.meets(entry.item()) && !plan.isFixed(entry))
                .toList();
    }

    private static long price(ItemEntry entry) {
        Item item = entry.item();
        return item == null ? Item.UNKNOWN : item.priceMinor();
    }

    private SlotFill fill(Comparator<ItemEntry> order) {
        ItemEntry[][] ordered = candidates.stream()
                .map(set -> set.stream()
                        .sorted(order.thenComparingLong(ItemEntry::hash))
                        .limit(SlotItems.MOST))
                .map(set -> set.toArray(ItemEntry[]::new))
                .toArray(ItemEntry[][]::new);
        return new SlotMatching(plan, ordered).fill();
    }

    /** The bundle with its slots filled with the cheapest items; as it is without slots, and where they cannot be filled. */
    public Bundle cheapest() {
        return fill(CHEAPEST_FIRST).of(bundle);
    }

    /** The bundle with its slots filled with the dearest items; as it is without slots, and where they cannot be filled. */
    public Bundle dearest() {
        return fill(CHEAPEST_FIRST.reversed()).of(bundle);
    }

    /** What is wrong with a slot at the moment, or with the price of either filling; null: nothing. */
    public @Nullable Problem problem(CatalogIndex catalog) {
        for (int s = 0; s < candidates.size(); s++) {
            if (candidates.get(s).isEmpty()) {
                BundleSlot slot = bundle.slots().get(s);
                String set = !slot.items().isEmpty()
                        ? ".items"
                        : slot.category() != null ? ".category" : slot.attribute() != null ? ".value" : "";
                return new Problem("slots[" + s + "]" + set, "is of no item that can be sold in " + bundle.currency());
            }
        }
        String unfilled = fill(CHEAPEST_FIRST).unfilled();
        for (int s = 0; unfilled != null && s < candidates.size(); s++) {
            BundleSlot slot = bundle.slots().get(s);
            if (slot.name().equals(unfilled)) {
                return new Problem(
                        "slots[" + s + "].units",
                        "is " + slot.units() + ", but " + candidates.get(s).size()
                                + " items can be sold, which other slots may need as well");
            }
        }
        return Stream.of(cheapest(), dearest())
                .map(filled -> PriceRuleChecks.problem(filled, catalog::item))
                .filter(found -> found != null)
                .findFirst()
                .orElse(null);
    }
}
