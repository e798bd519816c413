package dev.kombo.catalog.index;

/**
 * How much likelier than others somebody who touched an item of one category touches items of another: the lift
 * (c_ab / n_a) / (n_b / n) of the pairs of items that the same shoppers touched, drawn to 1 where a category was seldom
 * touched. Between items such counts are too few to tell much for long; between their categories they are many soon.
 *
 * <p>The pairs are those that the factors stand for: with v an item's raw vector and w the whitened one, items i and h
 * were touched by about (n_i n_h)^1/4 v_i·w_h shoppers, so those of two categories come to products of their sums of
 * n^1/4 v and n^1/4 w, less what an item has with itself.
 * Worked out once a generation, and when items changed their category. Categories from number {@value #MOST} on are left
 * out. Immutable.
 */
final class CategoryLifts {
    /** Nothing is known. */
    static final CategoryLifts NONE = new CategoryLifts(0);

    private static final int MOST = 1_000;

    /** Pairs of a category that a lift of 1 weighs as much as. */
    private static final double EVIDENCE = 20;

    private final int size;
    private final float[] lifts;

    private CategoryLifts(int size) {
        this.size = size;
        lifts = new float[size * size];
    }

    /**
     * Works them out.
     *
     * @param categories numbers given so far: all lie in [0, categories)
     */
    static CategoryLifts of(FactorIndex factors, Snapshots<ItemEntry> items, int categories) {
        CategoryLifts known = new CategoryLifts(Math.min(categories, MOST));
        FactorSpace space = factors.space();
        int length = space.factors();
        double[][] raw = new double[known.size][length];
        double[][] whitened = new double[known.size][length];
        double[] own = new double[known.size];
        for (int i = 0; i < items.size(); i++) {
            int category = items.get(i).category();
            int slot = factors.slot(items.get(i).hash());
            float[] row = space.vector(slot);
            if (category >= 0 && category < known.size && row != null) {
                float[] vector = factors.vector(slot);
                double scale = Math.pow(factors.latestMass(slot), 0.25);
                for (int k = 0; k < length; k++) {
                    raw[category][k] += scale * vector[k];
                    whitened[category][k] += row[k];
                    own[category] += scale * vector[k] * row[k];
                }
            }
        }
        known.fill(raw, whitened, own);
        return known;
    }

    private void fill(double[][] raw, double[][] whitened, double[] own) {
        double[][] pairs = new double[size][size];
        double[] rows = new double[size];
        double all = 0;
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double both = (dot(raw[a], whitened[b]) + dot(raw[b], whitened[a])) / 2;
                pairs[a][b] = Math.max(0, both - (a == b ? own[a] : 0));
                rows[a] += pairs[a][b];
            }
            all += rows[a];
        }
        for (int a = 0; a < size; a++) {
            for (int b = 0; b < size; b++) {
                double share = all > 0 ? rows[b] / all : 0;
                lifts[a * size + b] =
                        share > 0 ? (float) ((pairs[a][b] + EVIDENCE * share) / ((rows[a] + EVIDENCE) * share)) : 1f;
            }
        }
    }

    private static double dot(double[] first, double[] second) {
        double sum = 0;
        for (int k = 0; k < first.length; k++) {
            sum += first[k] * second[k];
        }
        return sum;
    }

    /** Lift of a category, by its number, for who touched another; 0 or more, and 1 where nothing is known. */
    float of(int touched, int category) {
        return touched < 0 || category < 0 || Math.max(touched, category) >= size
                ? 1f
                : lifts[touched * size + category];
    }
}
