package dev.kombo.catalog.index;

import dev.kombo.catalog.Item;

/** Prices a bundle in which another item takes the place of one that fills a slot. */
public final class SwappedPrice {
    /** Stands for the price of a bundle that is not offered so. */
    public static final long NONE = Long.MIN_VALUE;

    private SwappedPrice() {}

    /**
     * The price in minor units; {@link Item#UNKNOWN} of a bundle without prices; {@link #NONE} where an item has no price in
     * the bundle's currency or too little stock, or where the price is above that of the members one by one or below the
     * limits of the bundle.
     *
     * @param replaced id of the member whose units the item takes
     * @param above what an offer costs more than the bundle itself, in minor units
     */
    public static long of(CatalogIndex index, BundleEntry entry, String replaced, ItemEntry item, long above) {
        ItemEntry[] items = new ItemEntry[entry.size()];
        int[] quantities = new int[items.length];
        int swapped = entry.memberOf(replaced);
        for (int m = 0; m < items.length; m++) {
            items[m] = m == swapped ? item : index.itemAt(entry.member(m));
            quantities[m] = entry.quantity(m);
        }
        BundleTerms terms = BundleTerms.of(
                entry.publishedOrNull(), items, quantities, index.settings().pricing());
        if (terms.bundle() == null || !terms.priced() || !terms.oneCurrency() || terms.sellable() < 1) {
            return NONE;
        }
        if (terms.bundle().priceless()) {
            return Item.UNKNOWN;
        }
        long price = terms.bundle().priceMinor() + above;
        boolean dearer = terms.listPriceMinor() >= 0 && price > terms.listPriceMinor();
        return dearer || price < terms.lowestPriceMinor() ? NONE : price;
    }
}
