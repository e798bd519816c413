package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Bundle.PriceLimits;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.CatalogRules.Problem;
import dev.kombo.catalog.PriceRuleChecks;
import dev.kombo.entity.Item;
import dev.kombo.price.PriceRule;
import dev.kombo.slot.BundleSlot;
import java.util.List;
import java.util.Objects;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * Finds the limits between which the price of an offer of a bundle lies, by filling the slots of the bundle with the
 * cheapest and with the dearest items that the catalogue has for them at the moment. Reads the whole catalogue, so it
 * is for bundles that somebody changes.
 */
public final class SlotRange {
    private final Bundle bundle;
    private final CatalogIndex catalog;
    /** Number of items that may fill each slot. */
    private final int[] sizes;

    private final SlotFill cheapest;
    private final SlotFill dearest;
    private final SlotFill thinnest;

    /** @param bundle whose slots {@link dev.kombo.catalog.SlotChecks} finds nothing wrong with */
    public SlotRange(Bundle bundle, CatalogIndex catalog) {
        this.bundle = bundle;
        this.catalog = catalog;
        SlotPlan plan = SlotPlan.of(bundle, List.of());
        double kept = keptOfPrice(bundle.priceRule());
        sizes = new int[bundle.slots().size()];
        ItemEntry[][] low = new ItemEntry[sizes.length][];
        ItemEntry[][] high = new ItemEntry[sizes.length][];
        ItemEntry[][] thin = new ItemEntry[sizes.length][];
        for (int s = 0; s < sizes.length; s++) {
            List<ItemEntry> all = candidates(bundle.slots().get(s), plan).toList();
            sizes[s] = all.size();
            low[s] = first(all, item -> -item.priceMinor());
            high[s] = first(all, Item::priceMinor);
            thin[s] = first(all, item -> -margin(item, kept));
        }
        cheapest = new SlotMatching(plan, low).fill();
        dearest = new SlotMatching(plan, high).fill();
        thinnest = new SlotMatching(plan, thin).fill();
    }

    private SlotRange(Bundle bundle, SlotRange like) {
        this.bundle = bundle;
        catalog = like.catalog;
        sizes = like.sizes;
        cheapest = like.cheapest;
        dearest = like.dearest;
        thinnest = like.thinnest;
    }

    /**
     * The same for what became of the bundle by other terms; looks again only where those let other items fill its
     * slots.
     */
    public SlotRange of(Bundle completed) {
        return Objects.equals(currency(bundle), currency(completed))
                ? new SlotRange(completed, this)
                : new SlotRange(completed, catalog);
    }

    /** The currency in which its items must be sold; null: any. */
    private static @Nullable String currency(Bundle bundle) {
        return CatalogRules.isCurrencyCode(bundle.currency()) && !bundle.priceless() ? bundle.currency() : null;
    }

    private Stream<ItemEntry> candidates(BundleSlot slot, SlotPlan plan) {
        SlotItems.Criteria criteria = SlotItems.Criteria.of(slot, currency(bundle));
        IntStream ordinals = slot.items().isEmpty()
                ? IntStream.range(0, catalog.itemCount())
                : slot.items().stream().mapToInt(catalog::itemOrdinal).filter(known -> known != CatalogIndex.UNKNOWN);
        return ordinals.mapToObj(catalog::itemAt)
                .filter(entry -> entry.item() != null && criteria.meets(entry.item()) && !plan.isFixed(entry));
    }

    /** How much of an item's price is part of the bundle's: nothing where that is the same whatever fills it. */
    private static double keptOfPrice(PriceRule rule) {
        if (rule.isFixed() || rule.priceTiers().get(0).priceMinor() != Item.UNKNOWN) {
            return 0;
        }
        return 1 - rule.priceTiers().get(0).discountBasisPoints() / (double) PriceLimits.ANY_DISCOUNT;
    }

    /** What an item adds to the bundle's margin. */
    private static double margin(Item item, double kept) {
        return item.costMinor() < 0 ? Double.NEGATIVE_INFINITY : kept * item.priceMinor() - item.costMinor();
    }

    /** The items of a set with the largest keys, as many as are compared for an offer. */
    private static ItemEntry[] first(List<ItemEntry> items, ToDoubleFunction<Item> key) {
        TopSelection first = new TopSelection().reset(SlotItems.MOST);
        for (int i = 0; i < items.size(); i++) {
            ItemEntry entry = items.get(i);
            first.offer(key.applyAsDouble(Objects.requireNonNull(entry.item())), entry.hash(), i);
        }
        return IntStream.of(first.ordinals()).mapToObj(items::get).toArray(ItemEntry[]::new);
    }

    /**
     * The bundle with its slots filled with the cheapest items; as it is without slots, and where they cannot be
     * filled.
     */
    public Bundle cheapest() {
        return cheapest.of(bundle);
    }

    /**
     * The bundle with its slots filled with the dearest items; as it is without slots, and where they cannot be filled.
     */
    public Bundle dearest() {
        return dearest.of(bundle);
    }

    /**
     * What is wrong with a slot at the moment, or with the price of the bundle with the cheapest items, the dearest, or
     * those that leave least margin; null: nothing.
     */
    public @Nullable Problem problem() {
        for (int s = 0; s < sizes.length; s++) {
            if (sizes[s] == 0) {
                BundleSlot slot = bundle.slots().get(s);
                String set = !slot.items().isEmpty()
                        ? ".items"
                        : slot.category() != null ? ".category" : slot.attribute() != null ? ".value" : "";
                String currency = currency(bundle);
                return new Problem(
                        "slots[" + s + "]" + set,
                        "is of no item that can be sold" + (currency == null ? "" : " in " + currency));
            }
        }
        for (int s = 0; s < sizes.length; s++) {
            BundleSlot slot = bundle.slots().get(s);
            if (slot.name().equals(cheapest.unfilled())) {
                return new Problem(
                        "slots[" + s + "].units",
                        "is " + slot.units() + ", but " + sizes[s]
                                + " items can be sold, which other slots may need as well");
            }
        }
        return Stream.of(cheapest, dearest, thinnest)
                .distinct()
                .map(fill -> PriceRuleChecks.problem(fill.of(bundle), catalog::item))
                .filter(Objects::nonNull)
                .findFirst()
                .orElse(null);
    }
}
