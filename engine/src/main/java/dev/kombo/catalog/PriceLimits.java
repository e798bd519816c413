package dev.kombo.catalog;

/**
 * What a bundle may not be offered below.
 *
 * @param maxDiscountBasisPoints largest discount off what its members cost one by one, in hundredths of a percent
 * @param minMarginMinor smallest price less cost, in minor units, or {@link Item#UNKNOWN}: no limit
 */
public record PriceLimits(int maxDiscountBasisPoints, long minMarginMinor) {
    /** Any discount. */
    public static final int ANY_DISCOUNT = 10_000;
    /** No limits. */
    public static final PriceLimits NONE = new PriceLimits(ANY_DISCOUNT, Item.UNKNOWN);

    private static final long NEVER = Long.MAX_VALUE;

    /**
     * The lowest price that keeps them, in minor units; more than any price where that is not known, 0 without limits.
     *
     * @param listPriceMinor what the members cost one by one, or {@link Item#UNKNOWN}
     * @param costMinor of the bundle; not a number where that is not known
     */
    public long lowestPrice(long listPriceMinor, double costMinor) {
        long discounted = 0;
        if (maxDiscountBasisPoints < ANY_DISCOUNT) {
            if (listPriceMinor < 0) {
                return NEVER;
            }
            // In whole numbers and without overflow, rounded down: a price of which a discount is rounded keeps it.
            long kept = (long) ANY_DISCOUNT - maxDiscountBasisPoints;
            discounted = listPriceMinor / ANY_DISCOUNT * kept + listPriceMinor % ANY_DISCOUNT * kept / ANY_DISCOUNT;
        }
        if (minMarginMinor == Item.UNKNOWN) {
            return discounted;
        }
        return Double.isNaN(costMinor) ? NEVER : Math.max(discounted, (long) Math.floor(costMinor + minMarginMinor));
    }
}
