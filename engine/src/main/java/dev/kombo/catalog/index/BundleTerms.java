package dev.kombo.catalog.index;

import dev.kombo.catalog.Bundle;
import dev.kombo.entity.Item;
import dev.kombo.price.BundleDraft;
import dev.kombo.price.BundlePricing;
import org.jspecify.annotations.Nullable;

/**
 * Prices and stock of a bundle and its members at the moment.
 *
 * @param bundle as it is offered: a mined one, and one with a rule, follow the prices of their members; null: only a
 *     model of it is known
 * @param sellable how many whole bundles can be sold, or {@link Item#UNLIMITED}
 * @param priced whether the bundle and all its members have a price, or it is offered without one
 * @param oneCurrency whether all known prices are in the bundle's currency
 * @param listPriceMinor what its members cost one by one, in minor units, or {@link Item#UNKNOWN}
 * @param costMinor what it costs the shop, in minor units; not a number where that is not known
 * @param lowestPriceMinor lowest price at which it may be offered, in minor units
 * @param dearestMemberMinor price of the dearest unit of it, in minor units, or {@link Item#UNKNOWN}: prices of the
 *     bundle end as this one
 * @param discount share of the list price that is saved, 0 to 1
 * @param logPrice natural logarithm of the price in minor units; 0 without a price
 * @param logUnitPrice natural logarithm of the price per unit of the bundle in minor units; 0 without a price
 */
public record BundleTerms(
        @Nullable Bundle bundle,
        long sellable,
        boolean priced,
        boolean oneCurrency,
        long listPriceMinor,
        double costMinor,
        long lowestPriceMinor,
        long dearestMemberMinor,
        float discount,
        float logPrice,
        float logUnitPrice) {
    /** The bundle's price in minor units, or {@link Item#UNKNOWN}. */
    long priceMinor() {
        return bundle == null ? Item.UNKNOWN : bundle.priceMinor();
    }

    /** Whether its price is above the list price, if that is known. */
    boolean dearerThanMembers() {
        return listPriceMinor >= 0 && priceMinor() > listPriceMinor;
    }

    static BundleTerms of(@Nullable Bundle published, ItemEntry[] items, int[] quantities, BundlePricing pricing) {
        if (published == null) {
            return new BundleTerms(null, 0, false, false, Item.UNKNOWN, Double.NaN, 0, Item.UNKNOWN, 0f, 0f, 0f);
        }
        BundleDraft members = new BundleDraft(published.priceRule());
        long units = 0;
        for (int m = 0; m < items.length; m++) {
            members.add(items[m].item(), quantities[m]);
            units += quantities[m];
        }
        Bundle bundle = offered(published, members, pricing);
        double cost = cost(bundle, members);
        if (bundle.priceless()) {
            long sellable = sellable(bundle, items, quantities);
            return new BundleTerms(bundle, sellable, true, true, 0, cost, 0, Item.UNKNOWN, 0f, 0f, 0f);
        }
        boolean priced = bundle.priceMinor() >= 0
                && bundle.currency() != null
                && (bundle.priceRule().isFixed() || members.rulePriceMinor(bundle.currency()) != Item.UNKNOWN);
        long summed = members.listPriceMinor(bundle.currency());
        long listPrice = summed != Item.UNKNOWN ? summed : Math.max(Item.UNKNOWN, bundle.listPriceMinor());
        float discount =
                priced && listPrice > 0 ? (float) Math.max(0, 1 - bundle.priceMinor() / (double) listPrice) : 0f;
        float logUnitPrice = priced && bundle.priceMinor() > 0 && units > 0
                ? (float) Math.log(bundle.priceMinor() / (double) units)
                : 0f;
        long lowest = bundle.limits().lowestPrice(listPrice, dearest(cost, members.costMinor()));
        if (bundle.origin() == Bundle.Origin.MINED && !Double.isNaN(cost)) {
            lowest = Math.max(lowest, (long) Math.ceil(cost));
        }
        return new BundleTerms(
                bundle,
                sellable(bundle, items, quantities),
                priced && members.priced(),
                members.isIn(bundle.currency()),
                listPrice,
                cost,
                lowest,
                members.dearestMinor(),
                discount,
                priced && bundle.priceMinor() > 0 ? (float) Math.log((double) bundle.priceMinor()) : 0f,
                logUnitPrice);
    }

    /**
     * A bundle that follows its members is priced anew whenever one changes, so that every instance has the same price.
     */
    private static Bundle offered(Bundle published, BundleDraft members, BundlePricing pricing) {
        String currency = published.currency();
        boolean ruled = !published.priceRule().isFixed();
        long price = Item.UNKNOWN;
        if (ruled) {
            price = members.rulePriceMinor(currency);
        } else if (published.origin() == Bundle.Origin.MINED && !published.priceless()) {
            price = members.minedPriceMinor(currency, pricing);
        }
        if (price == Item.UNKNOWN) {
            return published;
        }
        long margin = members.marginMinor(price, currency);
        if (ruled && statesCost(published)) {
            // The higher cost counts: the limits of the bundle hold for both.
            long stated = price - (published.priceMinor() - published.marginMinor());
            margin = margin == Item.UNKNOWN ? stated : Math.min(margin, stated);
        }
        return published.priced(price, members.listPriceMinor(currency), margin);
    }

    /** Whether a cost follows from the record's price and margin; not where that price only fills the field. */
    private static boolean statesCost(Bundle published) {
        return published.marginMinor() != Item.UNKNOWN
                && published.priceMinor() > 0
                && published.priceMinor() >= published.marginMinor();
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
