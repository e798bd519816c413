package dev.kombo.learning.mining;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.CatalogRules;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.price.BundleDraft;
import dev.kombo.price.PriceRule;
import dev.kombo.slot.BundleSlot;
import java.util.List;
import java.util.Set;

/** Turns mined bundles into catalogue entries. */
public final class MinedBundles {
    private MinedBundles() {}

    /**
     * Returns the catalogue entry of a bundle, with title and margin derived from its members, and from the strongest
     * item where it has a slot: each offer is priced as it is filled.
     *
     * @param time epoch milliseconds of events
     */
    public static Bundle offered(MinedBundle bundle, CatalogIndex catalog, long time) {
        MinedSlot slot = bundle.slot();
        BundleDraft draft = BundleDraft.of(oneOfEach(bundle.strongestMembers()), catalog::item);
        long known = draft.minedPriceMinor(bundle.currency(), catalog.settings().pricing());
        long price = known == Item.UNKNOWN ? bundle.priceMinor() : known;
        return new Bundle(
                bundle.id(),
                title(bundle, catalog),
                oneOfEach(bundle.members()),
                price,
                known == Item.UNKNOWN ? bundle.listPriceMinor() : draft.listPriceMinor(bundle.currency()),
                bundle.currency(),
                draft.marginMinor(price, bundle.currency()),
                Item.UNLIMITED,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                Bundle.Origin.MINED,
                time,
                Bundle.PriceLimits.NONE,
                Item.UNKNOWN,
                PriceRule.NONE,
                slot == null ? List.of() : List.of(slot(slot)),
                Bundle.SaleTerms.NONE);
    }

    /** The titles of the items, and the category of a slot; without one, its strongest item stands for it. */
    private static String title(MinedBundle bundle, CatalogIndex catalog) {
        MinedSlot slot = bundle.slot();
        boolean named = slot != null && !slot.name().equals(MinedSlot.CHOICE);
        List<String> items = named ? bundle.members() : bundle.strongestMembers();
        String title = CatalogRules.title(oneOfEach(items), catalog::item);
        if (slot == null) {
            return title;
        }
        return CatalogRules.title(
                named
                        ? title + " + " + slot.name()
                        : title + " or " + (slot.items().size() - 1) + " others");
    }

    /** Whether the catalogue has a suggested bundle, or one by another id that makes it needless. */
    public static boolean isInCatalog(MinedBundle bundle, CatalogIndex catalog) {
        return catalog.bundle(bundle.id()) != null || isCurated(bundle, catalog);
    }

    /** Whether a person made a bundle of the same items; none is the same as one with a slot. */
    public static boolean isCurated(MinedBundle bundle, CatalogIndex catalog) {
        return bundle.slot() == null && isCurated(bundle.members(), catalog);
    }

    /** Whether a person made a bundle of exactly one of each of these items. */
    static boolean isCurated(List<String> members, CatalogIndex catalog) {
        int item = catalog.itemOrdinal(members.get(0));
        if (item == CatalogIndex.UNKNOWN) {
            return false;
        }
        for (int ordinal : catalog.bundlesOfItem(item)) {
            BundleEntry known = catalog.bundle(ordinal);
            // A mined bundle that a person changed keeps its id: it is the same bundle.
            if (known != null
                    && !known.mined()
                    && isOneOfEach(known, members)
                    && known.bundle().slots().isEmpty()
                    && !known.bundle().id().equals(MinedBundle.idOf(members))) {
                return true;
            }
        }
        return false;
    }

    private static boolean isOneOfEach(BundleEntry bundle, List<String> members) {
        if (bundle.size() != members.size()) {
            return false;
        }
        for (String member : members) {
            int place = bundle.memberOf(member);
            if (place < 0 || bundle.quantity(place) != 1) {
                return false;
            }
        }
        return true;
    }

    private static List<BundleMember> oneOfEach(List<String> items) {
        return items.stream().map(id -> new BundleMember(id, 1)).toList();
    }

    private static BundleSlot slot(MinedSlot slot) {
        return new BundleSlot(slot.name(), slot.items(), null, null, null, 1, Item.UNLIMITED, false);
    }
}
