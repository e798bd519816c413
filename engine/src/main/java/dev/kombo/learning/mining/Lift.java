package dev.kombo.learning.mining;

/**
 * The lift of a set of items, that is how much more often they are bought together than independently, with its lower
 * confidence bound.
 *
 * <p>With N orders, n_i of them with item i and s with all k items, the lift is {@code (s/N) / prod(n_i/N)}. Its
 * logarithm is asymptotically normal; the delta method for multinomial counts (Agresti: Categorical Data Analysis, 3rd
 * edition 2013, section 16.1) gives
 *
 * <pre>
 *   Var(ln lift) = 1/s - sum_i 1/n_i + (2 sum_{i&lt;j} lift_ij - (k-1)^2) / N
 * </pre>
 *
 * and the one-sided lower bound {@code lift * exp(-z * sd)}. For k = 3 everything is raised to 1/(k-1), the geometric
 * lift, so that one threshold serves both sizes.
 *
 * @param value the (geometric) lift
 * @param lower lower confidence bound on it
 */
public record Lift(double value, double lower) {
    /** Normal quantile of a one-sided bound of 95 %. */
    static final double CONFIDENCE_Z = 1.645;

    /**
     * The lift of two items, with the lower bound of 95 %.
     *
     * @param support orders with both, at least 1
     * @param orders all orders; taken as no less than the other counts, which may be ahead of it
     * @param first orders with the one item; taken as no less than {@code support}
     * @param second orders with the other, likewise
     */
    public static Lift ofPair(long support, long orders, long first, long second) {
        double both = (double) support;
        double a = (double) Math.max(first, support);
        double b = (double) Math.max(second, support);
        double n = Math.max((double) orders, Math.max(a, b));
        double lift = both / a * (n / b);
        double variance = 1 / both - 1 / a - 1 / b + (2 * lift - 1) / n;
        return new Lift(lift, lift * Math.exp(-CONFIDENCE_Z * Math.sqrt(Math.max(0, variance))));
    }

    /**
     * Lift of three items. The item that counts does not know the lift between the two partners; the largest one that
     * their counts allow is used instead, so the bound errs on the low side.
     *
     * @param support orders with all three, at least 1
     * @param orders all orders
     * @param counts orders with the item, the first and the second partner
     * @param pairs orders with the item and the first partner, and with the item and the second
     */
    @SuppressWarnings("MagicNumber") // The terms of the variance.
    static Lift ofTriple(long support, long orders, long[] counts, long[] pairs) {
        double all = (double) support;
        double a = (double) Math.max(counts[0], Math.max(pairs[0], pairs[1]));
        double b = (double) Math.max(counts[1], pairs[0]);
        double c = (double) Math.max(counts[2], pairs[1]);
        double n = Math.max((double) orders, Math.max(a, Math.max(b, c)));
        double lift = all / a * (n / b) * (n / c);
        double pairLifts = pairs[0] / a * (n / b) + pairs[1] / a * (n / c) + n / Math.max(b, c);
        double variance = 1 / all - 1 / a - 1 / b - 1 / c + (2 * pairLifts - 4) / n;
        double lower = lift * Math.exp(-CONFIDENCE_Z * Math.sqrt(Math.max(0, variance)));
        return new Lift(Math.sqrt(lift), Math.sqrt(lower));
    }
}
