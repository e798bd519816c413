package dev.kombo.ranking.value;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.learning.Logistic;
import dev.kombo.price.BundlePricing;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.DiscountLimits.Limit;
import dev.kombo.ranking.SlateGoal;

/**
 * Computes what the shop is expected to gain by offering a bundle at a price: the probability that the bundle is
 * bought, times what it earns less what its members would have earned without the offer. Of several allowed discounts
 * it takes the one with the highest gain. Not thread-safe.
 *
 * <p>Who accepts an offer goes to the checkout, so what is in the cart is counted as bought anyway: the gain includes
 * what the discount gives away on it. Other organic purchases are assumed to be independent of the offer. In fact,
 * shoppers who accept it are more likely to have bought its items anyway, so the gain is slightly overestimated, alike
 * for all bundles of a shopper.
 */
public final class OfferValue {
    private static final int[] CATALOGUE_PRICE = {};
    private static final int[] LIST_PRICE = {0};

    private SlateGoal goal = SlateGoal.relevance();
    private PriceLevels levels = new PriceLevels(0, Double.NaN, 0);
    private Limit limit = Limit.NONE;
    private long price;
    private double value;
    private double logOdds;

    /**
     * Starts valuing for a goal.
     *
     * @param aim a goal that values bundles
     */
    public void begin(SlateGoal aim, PriceLevels compared) {
        goal = aim;
        levels = compared;
    }

    /**
     * Chooses a bundle's price within a limit, and returns its expected gain, in minor units or bundles; not above 0
     * where it is not worth offering. A discount that is larger than what the budgets leave is not chosen; the list
     * price is always among the prices to choose from.
     *
     * @param features of the bundle at rank 1; those that depend on the price are written
     */
    double best(float[] features, BundleMoney money, Limit within) {
        limit = within;
        value = Double.NEGATIVE_INFINITY;
        logOdds = Double.NEGATIVE_INFINITY;
        price = money.priceMinor();
        boolean chosen = false;
        int[] discounts = discounts(money);
        long lowest = discounts.length == 0
                ? money.lowestPriceMinor()
                : Math.max(money.lowestPriceMinor(), money.lowestChosenMinor());
        for (int d = 0; d < discounts.length && money.listPriceMinor() > 0; d++) {
            long at = money.chosen(discounts[d]);
            if (at >= lowest) {
                consider(features, money, at);
                chosen = true;
            }
        }
        if (!limit.equals(Limit.NONE) && discounts.length > 0 && money.listPriceMinor() >= lowest) {
            consider(features, money, money.listPriceMinor());
            chosen = true;
        }
        if (!chosen && money.priceMinor() >= lowest) {
            consider(features, money, money.priceMinor());
        }
        return value;
    }

    /** The discounts to choose from: an owner's price may be kept, and no margin is given away that is not known. */
    private int[] discounts(BundleMoney money) {
        if (!goal.choosesPrice(money.curated())) {
            return CATALOGUE_PRICE;
        }
        boolean unknown = goal.kind() == SlateGoal.Criterion.MARGIN && Double.isNaN(money.costMinor());
        return unknown ? LIST_PRICE : goal.discounts();
    }

    /** Whether the bundle's price is chosen for the shopper. */
    boolean choosesPrice(BundleMoney money) {
        int[] discounts = discounts(money);
        return discounts != CATALOGUE_PRICE && discounts != LIST_PRICE;
    }

    private void consider(float[] features, BundleMoney money, long at) {
        if (!limit.allows(money.listPriceMinor() - at)) {
            return;
        }
        priced(features, money, levels, at);
        double odds = goal.logOdds(features);
        double gain = Logistic.sigmoid(odds) * gain(money, at);
        if (gain > value) {
            price = at;
            value = gain;
            logOdds = odds;
        }
    }

    /** Whether the budgets allow none of the prices that a bundle may have. */
    boolean refused(BundleEntry entry, Limit within) {
        return !goal.choosesPrice(!entry.mined()) && !within.allows(entry.listPriceMinor() - entry.priceMinor());
    }

    /** Price of the bundle valued last, in minor units. */
    public long price() {
        return price;
    }

    /** Log odds that it is bought at that price. */
    public double logOdds() {
        return logOdds;
    }

    /** The shop's gain if the bundle is bought at a price. */
    double gain(BundleMoney money, long at) {
        if (goal.kind() == SlateGoal.Criterion.CONVERSION) {
            return 1 - money.organicWhole();
        }
        double margin = money.marginAt(at, levels);
        if (margin < 0) {
            // Nothing is sold below a known cost.
            return Double.NEGATIVE_INFINITY;
        }
        double more = goal.kind() == SlateGoal.Criterion.MARGIN
                ? margin - money.organicMarginMinor()
                : at - money.organicRevenueMinor();
        // Adds a share of the price that increases with the time the stock takes to sell.
        return more + goal.stockPressure() * at * money.slowness();
    }

    /** Writes the features that depend on the price. */
    public static void priced(float[] features, BundleMoney money, PriceLevels levels, long at) {
        priced(
                features,
                money.listPriceMinor(),
                money.priceMinor(),
                money.logPrice(),
                money.logUnitPrice(),
                levels,
                at);
    }

    /** The same with fewer money figures. */
    static void priced(
            float[] features, long list, long usual, float logUsual, float logUnitPrice, PriceLevels levels, long at) {
        // A bundle that is given away has no price level: it counts as usual.
        boolean free = at <= 0 || usual <= 0;
        double logPrice = free ? 0 : at == usual ? logUsual : Math.log((double) at);
        double perUnit = logUnitPrice + logPrice - logUsual;
        boolean unknown = Double.isNaN(levels.shopperLogPrice());
        set(features, ConversionFeature.SAVING, list > 0 ? Math.max(0, 1 - at / (double) list) : 0);
        set(features, ConversionFeature.PRICE_LEVEL, free ? 0 : logPrice - levels.usualLogPrice());
        set(features, ConversionFeature.PRICE, free || unknown ? 0 : perUnit - levels.shopperLogPrice());
    }

    private static void set(float[] features, ConversionFeature feature, double to) {
        features[feature.ordinal()] = (float) to;
    }

    /**
     * The price levels that offered prices are compared with.
     *
     * @param usualLogPrice mean over the candidates of the natural logarithm of their price in minor units
     * @param shopperLogPrice mean natural logarithm of the unit prices that the shopper paid, in minor units; {@link
     *     Double#NaN} without purchases
     * @param usualCostShare share of the price that the candidates whose cost is known cost the shop, 0 to 1; 0 where
     *     none is known
     */
    public record PriceLevels(double usualLogPrice, double shopperLogPrice, double usualCostShare) {
        /** What is left of a price whose cost is not known: as much as is left of others. */
        double usualMargin(double price) {
            return price * (1 - usualCostShare);
        }
    }

    /**
     * The money figures of a bundle for one shopper that do not depend on the offered price.
     *
     * @param listPriceMinor sum of the members' prices, in minor units; negative where it is not known
     * @param priceMinor the catalogue's price in minor units
     * @param costMinor cost to the shop, in minor units; {@link Double#NaN} where it is not known
     * @param lowestPriceMinor price below which it may not be offered, in minor units; 0 without one
     * @param logPrice natural logarithm of the catalogue's price; 0 without one
     * @param logUnitPrice natural logarithm of the price of one unit in the bundle; 0 without one
     * @param organicRevenueMinor expected revenue of its members without the offer, in minor units
     * @param organicMarginMinor the same less their costs, where these are known
     * @param organicWhole probability that all members are bought without the offer, 0 to 1
     * @param slowness how slowly its stock sells: supply / (supply + 90 days), 0 to 1; 0 for unlimited stock
     * @param lowestChosenMinor price below which none is chosen for a shopper, in minor units: it keeps the largest
     *     share of what the bundle adds to the basket, and the cost
     * @param endsLikeMinor price of an item, in minor units: chosen prices end in the same two digits; negative: in any
     * @param curated whether a person set its price; false where that was not logged
     */
    public record BundleMoney(
            long listPriceMinor,
            long priceMinor,
            double costMinor,
            long lowestPriceMinor,
            float logPrice,
            float logUnitPrice,
            double organicRevenueMinor,
            double organicMarginMinor,
            double organicWhole,
            double slowness,
            long lowestChosenMinor,
            long endsLikeMinor,
            boolean curated) {

        /** The price to choose at a discount in hundredths of a percent, in minor units. */
        long chosen(int discount) {
            return BundlePricing.chosen(listPriceMinor, discount, lowestChosenMinor, endsLikeMinor);
        }

        /** Price less cost in minor units; an unknown cost has the usual share of the price. */
        double marginAt(long price, PriceLevels levels) {
            return Double.isNaN(costMinor) ? levels.usualMargin((double) price) : price - costMinor;
        }
    }
}
