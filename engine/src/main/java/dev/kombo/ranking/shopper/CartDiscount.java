package dev.kombo.ranking.shopper;

import dev.kombo.catalog.Bundle.SaleTerms;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.Item;
import dev.kombo.profile.Cart;

/**
 * The shop's own discount on a cart, such as by a code, beside the price of bundles that state what they combine with.
 * One that combines with codes is sold at what the code leaves of its price. With any other, the shopper takes the
 * better of both: the code on the cart with the bundle's items, or the bundle. Amounts are in minor units. Not
 * thread-safe.
 */
public final class CartDiscount {
    private final CatalogIndex index;
    private final ShopperItems items;
    private int basisPoints;
    private double cart;

    CartDiscount(CatalogIndex index, ShopperItems items) {
        this.index = index;
        this.items = items;
    }

    /** Loads a cart, whose items are in the set. */
    void load(Cart loaded) {
        basisPoints = loaded.discountBasisPoints();
        cart = 0;
        for (int i = 0; i < loaded.lines().size() && basisPoints > 0; i++) {
            int ordinal = index.itemOrdinal(loaded.lines().get(i).itemId());
            cart += loaded.lines().get(i).quantity() * (ordinal == CatalogIndex.UNKNOWN ? 0 : price(ordinal));
        }
    }

    private double price(int ordinal) {
        Item item = index.itemAt(ordinal).item();
        return item == null || !item.priced() ? 0 : item.priceMinor();
    }

    /** The share of prices that it takes off, 0 to 1. */
    public double share() {
        return (double) basisPoints / Cart.WHOLE;
    }

    /** Whether there is a discount, and the bundle says whether it combines with one. */
    public boolean concerns(BundleEntry entry) {
        return basisPoints > 0
                && !entry.bundle().sale().combinesWith().isEmpty()
                && !entry.bundle().priceless();
    }

    /** Whether a bundle that it concerns combines with it. */
    public static boolean combines(BundleEntry entry) {
        return entry.bundle().sale().combinesWith().contains(SaleTerms.CODES);
    }

    /** What the cart's other items cost if a bundle is bought. */
    public double others(BundleEntry entry) {
        double others = cart;
        for (int m = 0; m < entry.size(); m++) {
            int item = entry.member(m);
            int there = items.has(item, ShopperItems.BASKET) ? Math.min(items.cartUnits(item), entry.quantity(m)) : 0;
            others -= there * price(item);
        }
        return others;
    }

    /** Whether it takes off as much as a bundle that does not combine with it saves. */
    public boolean savesMore(BundleEntry entry) {
        double list = entry.listPriceMinor();
        return share() * (others(entry) + list) >= list - entry.priceMinor();
    }

    /**
     * The lowest price at which a bundle may be offered beside it. One that combines with it keeps its smallest margin,
     * or its cost, where that is known.
     */
    public long lowestPrice(BundleEntry entry) {
        long lowest = entry.lowestPriceMinor();
        if (!concerns(entry) || !combines(entry) || Double.isNaN(entry.costMinor())) {
            return lowest;
        }
        double least = entry.costMinor() + Math.max(0, entry.bundle().limits().minMarginMinor());
        if (basisPoints == Cart.WHOLE) {
            // Nothing is left of any price.
            return least > 0 ? Long.MAX_VALUE : lowest;
        }
        return Math.max(lowest, (long) Math.ceil(least * Cart.WHOLE / (Cart.WHOLE - basisPoints)));
    }
}
