package dev.kombo.price;

/**
 * Computes with amounts of money in minor units. A result that no {@code long} holds is the largest or smallest one
 * instead, so that money never changes its sign by overflow.
 */
public final class MinorUnits {
    private MinorUnits() {}

    /** The sum. */
    public static long sum(long one, long other) {
        long sum = one + other;
        boolean overflow = ((one ^ sum) & (other ^ sum)) < 0;
        return overflow ? furthest(one) : sum;
    }

    /** What is left of an amount after another is taken away. */
    public static long difference(long amount, long other) {
        long difference = amount - other;
        boolean overflow = ((amount ^ other) & (amount ^ difference)) < 0;
        return overflow ? furthest(amount) : difference;
    }

    /** The amount for a number of units. */
    public static long product(long amount, long units) {
        long product = amount * units;
        boolean fits = Math.multiplyHigh(amount, units) == product >> (Long.SIZE - 1);
        return fits ? product : furthest(amount ^ units);
    }

    private static long furthest(long sign) {
        return sign < 0 ? Long.MIN_VALUE : Long.MAX_VALUE;
    }
}
