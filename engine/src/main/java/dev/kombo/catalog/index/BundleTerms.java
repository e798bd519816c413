package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleDraft;
import dev.kombo.catalog.Item;
import org.jspecify.annotations.Nullable;

/** Prices and stock of a bundle and its members; see {@link BundleEntry} for each. */
record BundleTerms(
        long sellable,
        boolean priced,
        boolean oneCurrency,
        long listPriceMinor,
        double costMinor,
        long lowestPriceMinor,
        float discount,
        float logPrice,
        float logUnitPrice) {
    static BundleTerms of(@Nullable Bundle bundle, ItemEntry[] items, int[] quantities) {
        if (bundle == null) {
            return new BundleTerms(0, false, false, Item.UNKNOWN, Double.NaN, 0, 0f, 0f, 0f);
        }
        BundleDraft members = new BundleDraft();
        long units = 0;
        for (int m = 0; m < items.length; m++) {
            members.add(items[m].item(), quantities[m]);
            units += quantities[m];
        }
        double cost = cost(bundle, members);
        if (bundle.priceless()) {
            return new BundleTerms(sellable(bundle, items, quantities), true, true, 0, cost, 0, 0f, 0f, 0f);
        }
        boolean priced = bundle.priceMinor() >= 0 && bundle.currency() != null;
        long summed = members.listPriceMinor(bundle.currency());
        long listPrice = summed != Item.UNKNOWN ? summed : Math.max(Item.UNKNOWN, bundle.listPriceMinor());
        float discount =
                priced && listPrice > 0 ? (float) Math.max(0, 1 - bundle.priceMinor() / (double) listPrice) : 0f;
        float logUnitPrice = priced && bundle.priceMinor() > 0 && units > 0
                ? (float) Math.log(bundle.priceMinor() / (double) units)
                : 0f;
        return new BundleTerms(
                sellable(bundle, items, quantities),
                priced && members.priced(),
                members.isIn(bundle.currency()),
                listPrice,
                cost,
                bundle.limits().lowestPrice(listPrice, dearest(cost, members.costMinor())),
                discount,
                priced && bundle.priceMinor() > 0 ? (float) Math.log((double) bundle.priceMinor()) : 0f,
                logUnitPrice);
    }

    private static double cost(Bundle bundle, BundleDraft members) {
        return bundle.marginMinor() != Item.UNKNOWN
                ? (double) bundle.priceMinor() - bundle.marginMinor()
                : members.costMinor();
    }

    /** A margin that was stated with the bundle does not follow the costs of its members: the limit holds for both. */
    private static double dearest(double stated, double members) {
        return Double.isNaN(members) ? stated : Math.max(stated, members);
    }

    private static long sellable(Bundle bundle, ItemEntry[] items, int[] quantities) {
        long sellable = bundle.stock();
        for (int m = 0; m < items.length; m++) {
            Item item = items[m].item();
            if (item != null && item.stock() != Item.UNLIMITED) {
                sellable = Math.min(sellable, item.stock() / Math.max(1, quantities[m]));
            }
        }
        return Math.max(0, sellable);
    }
}
