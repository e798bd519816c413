package dev.kombo.catalog;

/**
 * How much likelier than others somebody who touched an item of one category touches items of another: the lift
 * (c_ab / n_a) / (n_b / n) of the pairs of items that the same shoppers touched, drawn to 1 where a category was seldom
 * touched. Between items such counts are too few to tell much for years; between their categories they are many soon.
 * Immutable.
 */
public final class CategoryLifts {
    /** Nothing known. */
    static final CategoryLifts NONE = new CategoryLifts(0, new float[0]);

    /** Pairs of a category that a lift of 1 weighs as much as. */
    private static final double EVIDENCE = 20;

    private final int categories;
    private final float[] lifts;

    private CategoryLifts(int categories, float[] lifts) {
        this.categories = categories;
        this.lifts = lifts;
    }

    /**
     * From counts of pairs.
     *
     * @param pairs row by row, each pair counted both ways, 0 or more
     */
    static CategoryLifts of(int categories, double[] pairs) {
        double[] sums = new double[categories];
        double total = 0;
        for (int a = 0; a < categories; a++) {
            for (int b = 0; b < categories; b++) {
                sums[a] += pairs[a * categories + b];
            }
            total += sums[a];
        }
        float[] lifts = new float[categories * categories];
        for (int a = 0; a < categories; a++) {
            for (int b = 0; b < categories; b++) {
                double expected = total > 0 ? sums[a] * sums[b] / total : 0;
                double drawn = total > 0 ? EVIDENCE * sums[b] / total : 0;
                lifts[a * categories + b] =
                        expected + drawn > 0 ? (float) ((pairs[a * categories + b] + drawn) / (expected + drawn)) : 1f;
            }
        }
        return new CategoryLifts(categories, lifts);
    }

    /** Lift of a category, by its number, for who touched another; above 0 but for rounding, 1 where nothing is known. */
    public float of(int touched, int category) {
        return touched >= 0 && touched < categories && category >= 0 && category < categories
                ? lifts[touched * categories + category]
                : 1f;
    }
}
