package dev.kombo.catalog.index;

/**
 * The lift between categories: (c_ab / n_a) / (n_b / n) over the pairs of items that the same shoppers interacted with,
 * shrunk to 1 for categories with few interactions. Between single items such counts stay sparse for long; between
 * categories they soon suffice.
 *
 * <p>The pair counts are derived from the factors: with v an item's raw vector and w the whitened one, about (n_i
 * n_h)^1/4 v_i·w_h shoppers interacted with both items i and h, so the count of two categories is the product of their
 * sums of n^1/4 v and n^1/4 w, less each item's pair with itself. Computed once per generation, and when items changed
 * their category. Categories from number {@value #MOST} on are left out. Immutable.
 */
final class CategoryLifts {
    /** No lifts are known. */
    static final CategoryLifts NONE = new CategoryLifts(0);

    private static final int MOST = 1_000;

    /** Prior strength, in pairs per category, of a lift of 1. */
    private static final double EVIDENCE = 20;

    private final int size;
    private final float[] lifts;

    private CategoryLifts(int size) {
        this.size = size;
        lifts = new float[size * size];
    }

    /**
     * Computes the lifts.
     *
     * @param categories number of categories: all numbers lie in [0, categories)
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
            float[] vector = row == null ? null : factors.vector(slot);
            if (category >= 0 && category < known.size && row != null && vector != null) {
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

    /**
     * The lift from a category with an interaction to another, by their numbers; 0 or more, and 1 where nothing is
     * known.
     */
    float of(int from, int category) {
        return from < 0 || category < 0 || Math.max(from, category) >= size ? 1f : lifts[from * size + category];
    }
}
