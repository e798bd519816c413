package dev.kombo.price;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * Computes prices of bundles below the sum of their items' prices, so that an offer never gives away more than a share
 * of what it adds to a basket. Otherwise a dear item that is bought anyway is sold cheaper for the sake of a cheap one.
 * All amounts are in minor units, and a price is never above the sum.
 *
 * @param discountBasisPoints discount of a mined bundle, where the share allows it, in hundredths of a percent
 * @param addedShareBasisPoints largest discount, as a share of what is added, in hundredths of a percent
 */
public record BundlePricing(int discountBasisPoints, int addedShareBasisPoints) {
    public static final Setting<Integer> DISCOUNT = Setting.ofInt(
                    "kombo.mining.discount.basis.points", 1000, between(0, 9999))
            .medium("Discount of a mined bundle on the sum of its members' prices, in hundredths of a percent, where"
                    + " kombo.mining.discount.added.share allows it.");
    public static final Setting<Double> ADDED_SHARE = Setting.ofDouble(
                    "kombo.mining.discount.added.share", 0.25, between(0.0, 1.0))
            .high("Largest discount as a share of what an offer adds to the basket: for a mined bundle, of its"
                    + " cheapest member's price; for a price chosen per shopper, of the prices of the members that are"
                    + " not in the cart and not expected to be bought anyway.");

    /** All of a price, in hundredths of a percent. */
    public static final int BASIS_POINTS = 10_000;

    /** Shops end their prices alike in the last two digits, such as .99 or .95. */
    private static final int ENDINGS = 100;

    /** Reads the settings. */
    public static BundlePricing of(SettingValues values) {
        return new BundlePricing(values.get(DISCOUNT), (int) Math.round(BASIS_POINTS * values.get(ADDED_SHARE)));
    }

    /**
     * The price of a mined bundle. Whatever is in the basket already, the bundle adds at least its cheapest unit.
     *
     * @param listPriceMinor what its members cost one by one
     * @param cheapestMinor price of its cheapest unit
     * @param dearestMinor price of its dearest unit
     * @param costMinor of the bundle; not a number where that is not known
     */
    public long mined(long listPriceMinor, long cheapestMinor, long dearestMinor, double costMinor) {
        return chosen(
                listPriceMinor, discountBasisPoints, lowest(listPriceMinor, cheapestMinor, costMinor), dearestMinor);
    }

    /**
     * The lowest price of a bundle that keeps the share and the cost.
     *
     * @param addedMinor prices of the members that it adds to a basket
     * @param costMinor of the bundle; not a number where that is not known
     */
    public long lowest(long listPriceMinor, long addedMinor, double costMinor) {
        long most = addedMinor / BASIS_POINTS * addedShareBasisPoints
                + addedMinor % BASIS_POINTS * addedShareBasisPoints / BASIS_POINTS;
        long kept = listPriceMinor - most;
        return Double.isNaN(costMinor) ? kept : Math.max(kept, (long) Math.ceil(costMinor));
    }

    /** A list price less a discount, rounded to whole minor units without binary fractions or overflow. */
    public static long discounted(long listPriceMinor, int basisPoints) {
        long kept = (long) BASIS_POINTS - basisPoints;
        return listPriceMinor / BASIS_POINTS * kept
                + (listPriceMinor % BASIS_POINTS * kept + BASIS_POINTS / 2) / BASIS_POINTS;
    }

    /**
     * The price at a discount: the nearest to it that ends as another price does, from a limit to the list price; the
     * list price where there is none below it.
     *
     * @param lowestMinor the limit
     * @param likeMinor price of an item with the ending; negative: any ending
     */
    public static long chosen(long listPriceMinor, int basisPoints, long lowestMinor, long likeMinor) {
        long wanted = Math.max(lowestMinor, discounted(listPriceMinor, basisPoints));
        if (wanted >= listPriceMinor || likeMinor < 0) {
            return Math.min(wanted, listPriceMinor);
        }
        int above = Math.floorMod(wanted - likeMinor, ENDINGS);
        long down = wanted - above;
        boolean nearer = above == 0 || (2 * above < ENDINGS && down >= lowestMinor);
        return nearer ? down : Math.min(down + ENDINGS, listPriceMinor);
    }
}
