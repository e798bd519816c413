package dev.kombo.ranking.value;

import dev.kombo.ranking.AcceptanceFeature;
import dev.kombo.ranking.SlateGoal;

/**
 * What a bundle adds, if it is offered at a price, to what the shopper would do anyway: the probability that it is taken,
 * times what it brings less what its members would have brought without the offer. Of several allowed discounts the one
 * that adds most is taken. The same arithmetic values bundles for an offer and for a replay of a logged decision. Touched
 * by one thread.
 *
 * <p>That what is taken and what is bought anyway are independent is assumed; whoever takes an offer is likelier to
 * have bought its items anyway, so the gain is told a little too high, alike for all bundles of a shopper.
 */
public final class OfferValue {
    private static final double BASIS_POINTS = 10_000;

    private SlateGoal goal;
    private PriceLevels levels;
    private long price;
    private double value;

    /**
     * Takes in what bundles are valued for.
     *
     * @param aim a goal that values bundles
     */
    public void begin(SlateGoal aim, PriceLevels compared) {
        goal = aim;
        levels = compared;
    }

    /**
     * Decides a bundle's price and answers what it then adds, expected, in minor units or bundles; not above 0 where it
     * is not worth offering.
     *
     * @param features of the bundle at rank 1; those that depend on the price are written
     */
    public double best(float[] features, BundleMoney money) {
        value = Double.NEGATIVE_INFINITY;
        price = money.priceMinor();
        if (goal.discounts().length == 0 || money.listPriceMinor() <= 0) {
            consider(features, money, money.priceMinor());
        } else {
            for (int discount : goal.discounts()) {
                consider(features, money, Math.round(money.listPriceMinor() * (1 - discount / BASIS_POINTS)));
            }
        }
        return value;
    }

    private void consider(float[] features, BundleMoney money, long at) {
        priced(features, money, levels, at);
        double gain = goal.acceptance().probability(features) * gain(money, at);
        if (gain > value) {
            price = at;
            value = gain;
        }
    }

    /** Price of the bundle valued last, in minor units. */
    public long price() {
        return price;
    }

    /** What the shop gains where the bundle is taken at a price. */
    double gain(BundleMoney money, long at) {
        if (goal.kind() == SlateGoal.Kind.CONVERSION) {
            return 1 - money.organicWhole();
        }
        double margin = money.marginAt(at);
        if (margin < 0) {
            // Nothing is sold below what it cost, where that is known.
            return Double.NEGATIVE_INFINITY;
        }
        double more = goal.kind() == SlateGoal.Kind.MARGIN
                ? margin - money.organicMarginMinor()
                : at - money.organicRevenueMinor();
        // A part of the price that grows with the time in which the stock would sell.
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

    /** The same where no more is known of the money. */
    static void priced(
            float[] features, long list, long usual, float logUsual, float logUnitPrice, PriceLevels levels, long at) {
        // What is given away has no price level: it counts as usual.
        boolean free = at <= 0 || usual <= 0;
        double logPrice = free ? 0 : at == usual ? logUsual : Math.log((double) at);
        double perUnit = logUnitPrice + logPrice - logUsual;
        boolean unknown = Double.isNaN(levels.shopperLogPrice());
        set(features, AcceptanceFeature.SAVING, list > 0 ? Math.max(0, 1 - at / (double) list) : 0);
        set(features, AcceptanceFeature.PRICE_LEVEL, free ? 0 : logPrice - levels.usualLogPrice());
        set(features, AcceptanceFeature.PRICE, free || unknown ? 0 : perUnit - levels.shopperLogPrice());
    }

    private static void set(float[] features, AcceptanceFeature feature, double to) {
        features[feature.ordinal()] = (float) to;
    }
}
