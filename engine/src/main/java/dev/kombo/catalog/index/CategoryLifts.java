package dev.kombo.catalog.index;

/**
 * The lift between categories, or clusters of items that have none: (c_ab / n_a) / (n_b / n) over the pairs of items
 * that the same shoppers interacted with, shrunk to 1 for categories with few interactions. Between single items such
 * counts stay sparse for long; between categories they soon suffice.
 *
 * <p>The pair counts are derived from the factors: with v an item's raw vector and w the whitened one, about (n_i
 * n_h)^1/4 v_i·w_h shoppers interacted with both items i and h, so the count of two categories is the product of their
 * sums of n^1/4 v and n^1/4 w, less each item's pair with itself. Computed once per generation, and when items changed
 * their category; the clusters once per generation only. Categories from number {@value #MOST} on are left out. A group
 * is a cluster ({@link ItemClusters}) or, after these, a category; its number means something with the same lifts only.
 * Immutable.
 */
public final class CategoryLifts {
    /** No lifts are known. */
    static final CategoryLifts NONE = new CategoryLifts(new ItemClusters(0, new int[0]), 0);

    private static final int MOST = 1_000;

    /** Prior strength, in pairs per category, of a lift of 1. */
    private static final double EVIDENCE = 20;

    /** Power of an entity's mass by which its vector counts. */
    private static final double MASS_POWER = 0.25;

    final ItemClusters clusters;
    private final int size;
    private final float[] lifts;

    private CategoryLifts(ItemClusters clusters, int categories) {
        this.clusters = clusters;
        size = clusters.count() + categories;
        lifts = new float[size * size];
    }

    /**
     * Computes the lifts anew. Within a generation the clusters stay: vectors arrive on each instance at other times.
     *
     * @param categories number of categories: all numbers lie in [0, categories)
     */
    static CategoryLifts of(ItemClusters clusters, FactorIndex factors, Snapshots<ItemEntry> items, int categories) {
        CategoryLifts known = new CategoryLifts(clusters, Math.min(categories, MOST));
        FactorSpace space = factors.space();
        int length = space.factors();
        double[][] raw = new double[known.size][length];
        double[][] whitened = new double[known.size][length];
        double[] own = new double[known.size];
        for (int i = 0; i < items.size(); i++) {
            int group = known.group(i, items.get(i).category());
            int slot = factors.slot(items.get(i).hash());
            float[] row = space.vector(slot);
            float[] vector = row == null ? null : factors.vector(slot);
            if (group >= 0 && group < known.size && row != null && vector != null) {
                double scale = Math.pow(factors.mass(slot), MASS_POWER);
                for (int k = 0; k < length; k++) {
                    raw[group][k] += scale * vector[k];
                    whitened[group][k] += row[k];
                    own[group] += scale * vector[k] * row[k];
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
     * The group of an item; {@link CatalogIndex#UNKNOWN}: none.
     *
     * @param item ordinal
     * @param category number of its category, or {@link CatalogIndex#UNKNOWN}
     */
    public int group(int item, int category) {
        if (category >= 0) {
            return clusters.count() + category;
        }
        return item < clusters.of().length ? clusters.of()[item] : CatalogIndex.UNKNOWN;
    }

    /**
     * The lift between two groups: how much more likely a shopper who interacted with an item of the first is to
     * interact with items of the second; 0 or more, and 1 where nothing is known.
     */
    public float of(int from, int group) {
        return from < 0 || group < 0 || Math.max(from, group) >= size ? 1f : lifts[from * size + group];
    }
}
