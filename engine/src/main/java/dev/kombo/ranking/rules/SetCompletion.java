package dev.kombo.ranking.rules;

import dev.kombo.catalog.index.BundleCompletion;
import dev.kombo.catalog.index.BundleConditions;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.ranking.shopper.ShopperItems;
import org.jspecify.annotations.Nullable;

/**
 * Finds what a shopper lacks of bundles that may be completed, at most {@value #MOST} of a request. What is in the cart
 * or in the open order is there, and so is what the shopper holds or has bought, unless it is meant to be bought again.
 * Not thread-safe.
 */
final class SetCompletion {
    private static final int MOST = 8;

    private final CatalogIndex index;
    private final BundleEntry[] wholes = new BundleEntry[MOST];
    private final @Nullable BundleEntry[] parts = new BundleEntry[MOST];
    private int[] units = new int[16];
    private int size;

    SetCompletion(CatalogIndex index) {
        this.index = index;
    }

    /** Prepares for a request. */
    void begin() {
        size = 0;
    }

    /**
     * What is offered of a bundle: itself, or its part that is missing; null where nothing is missing, where the part
     * would cost less than nothing, or where some is owned and no more parts are made.
     */
    @Nullable
    BundleEntry of(BundleEntry entry, long now, ShopperItems items) {
        if (!entry.completable() || !entry.priced()) {
            return entry;
        }
        int known = indexOf(entry);
        if (known >= 0) {
            return parts[known];
        }
        boolean any = false;
        boolean owned = false;
        units = entry.size() > units.length ? new int[2 * entry.size()] : units;
        for (int m = 0; m < entry.size(); m++) {
            units[m] = units(entry, m, now, items);
            any |= units[m] != 0;
            owned |= units[m] == BundleCompletion.OWNED;
        }
        if (!any) {
            return entry;
        }
        if (size == MOST) {
            return owned ? null : entry;
        }
        BundleEntry part = BundleCompletion.of(index, entry, units);
        // Where only the cart has something, the bundle may be offered whole.
        boolean whole = !owned && (part == null || part.priceMinor() < part.lowestPriceMinor());
        wholes[size] = entry;
        parts[size] = whole ? entry : part;
        return parts[size++];
    }

    /** Why nothing is offered of a bundle that {@link #of} was asked for. */
    Exclusion why(BundleEntry entry, long now, ShopperItems items) {
        for (int m = 0; m < entry.size() && indexOf(entry) >= 0; m++) {
            int had = units(entry, m, now, items);
            if (had != BundleCompletion.OWNED && had < entry.quantity(m)) {
                return Exclusion.BELOW_PRICE_LIMITS;
            }
        }
        return Exclusion.BOUGHT_ONCE;
    }

    @SuppressWarnings("ReferenceEquality") // The same entry, not one with the same content.
    private int indexOf(BundleEntry entry) {
        for (int i = 0; i < size; i++) {
            if (wholes[i] == entry) {
                return i;
            }
        }
        return -1;
    }

    private static int units(BundleEntry entry, int m, long now, ShopperItems items) {
        int item = entry.member(m);
        if (!items.contains(item)) {
            return 0;
        }
        if (items.has(item, ShopperItems.ORDERED)) {
            return entry.quantity(m);
        }
        BundleConditions conditions = entry.conditions();
        boolean once = conditions == null || !conditions.repeatable()[m];
        boolean owned = items.has(item, ShopperItems.HELD) || OfferRules.remembered(items.boughtAt(item), now);
        return once && owned ? BundleCompletion.OWNED : items.cartUnits(item);
    }
}
