package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Item;

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
    /** A sum of prices above this is treated as an error in the catalogue. */
    private static final double LARGEST_PRICE = 1e18;

    static BundleTerms of(Bundle bundle, ItemEntry[] items, int[] quantities) {
        if (bundle == null) {
            return new BundleTerms(0, false, false, Item.UNKNOWN, Double.NaN, 0, 0f, 0f, 0f);
        }
        if (bundle.priceless()) {
            return new BundleTerms(
                    sellable(bundle, items, quantities), true, true, 0, cost(bundle, items, quantities), 0, 0f, 0f, 0f);
        }
        boolean priced = bundle.priceMinor() >= 0 && bundle.currency() != null;
        boolean oneCurrency = true;
        boolean allPriced = true;
        double members = 0;
        long units = 0;
        for (int m = 0; m < items.length; m++) {
            Item item = items[m].item();
            units += quantities[m];
            if (item == null || !item.priced()) {
                allPriced = false;
            } else {
                oneCurrency &= item.currency().equals(bundle.currency());
                members += (double) item.priceMinor() * quantities[m];
            }
        }
        boolean summed = allPriced && oneCurrency && members <= LARGEST_PRICE;
        long listPrice = summed ? listPrice(items, quantities) : Math.max(Item.UNKNOWN, bundle.listPriceMinor());
        float discount =
                priced && listPrice > 0 ? (float) Math.max(0, 1 - bundle.priceMinor() / (double) listPrice) : 0f;
        float logUnitPrice = priced && bundle.priceMinor() > 0 && units > 0
                ? (float) Math.log(bundle.priceMinor() / (double) units)
                : 0f;
        double cost = cost(bundle, items, quantities);
        return new BundleTerms(
                sellable(bundle, items, quantities),
                priced && allPriced,
                oneCurrency,
                listPrice,
                cost,
                bundle.limits().lowestPrice(listPrice, dearest(cost, cost(items, quantities))),
                discount,
                priced && bundle.priceMinor() > 0 ? (float) Math.log((double) bundle.priceMinor()) : 0f,
                logUnitPrice);
    }

    private static double cost(Bundle bundle, ItemEntry[] items, int[] quantities) {
        if (bundle.marginMinor() != Item.UNKNOWN) {
            return (double) bundle.priceMinor() - bundle.marginMinor();
        }
        return cost(items, quantities);
    }

    /** A margin that was stated with the bundle does not follow the costs of its members: the limit holds for both. */
    private static double dearest(double stated, double members) {
        return Double.isNaN(members) ? stated : Math.max(stated, members);
    }

    private static double cost(ItemEntry[] items, int[] quantities) {
        double cost = 0;
        for (int m = 0; m < items.length; m++) {
            Item item = items[m].item();
            boolean earns = item != null && !item.priced() && item.marginMinor() != Item.UNKNOWN;
            if (item == null || (item.costMinor() < 0 && !earns)) {
                return Double.NaN;
            }
            cost += (double) (earns ? -item.marginMinor() : item.costMinor()) * quantities[m];
        }
        return cost;
    }

    private static long listPrice(ItemEntry[] items, int[] quantities) {
        long sum = 0;
        for (int m = 0; m < items.length; m++) {
            sum += items[m].item().priceMinor() * quantities[m];
        }
        return sum;
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
