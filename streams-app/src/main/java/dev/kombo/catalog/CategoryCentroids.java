package dev.kombo.catalog;

import java.util.HashMap;
import java.util.Map;

/** Mean factors of the items of each category: what is known of an item of which nothing else is. Any thread may ask. */
final class CategoryCentroids {
    private final Map<Integer, Centroid> byCategory = new HashMap<>();

    private static final class Centroid {
        private final double[] sum;
        private int items;

        private Centroid(int factors) {
            sum = new double[factors];
        }
    }

    /** Takes an item's former part out and its new one in; a null vector or an unknown category has none. */
    synchronized void replace(int categoryBefore, float[] before, int categoryAfter, float[] after) {
        if (categoryBefore == categoryAfter && before == after) {
            return;
        }
        add(categoryBefore, before, -1);
        add(categoryAfter, after, 1);
    }

    private void add(int category, float[] vector, int sign) {
        if (category == CatalogIndex.UNKNOWN || vector == null || vector.length == 0) {
            return;
        }
        Centroid centroid = byCategory.get(category);
        if (centroid == null || (centroid.sum.length != vector.length && centroid.items == 0)) {
            centroid = new Centroid(vector.length);
            byCategory.put(category, centroid);
        }
        // Vectors of another length are those of an earlier setting.
        if (centroid.sum.length == vector.length) {
            for (int k = 0; k < vector.length; k++) {
                centroid.sum[k] += sign * vector[k];
            }
            centroid.items += sign;
        }
    }

    /** The mean of a category, or null where nothing is known of it. */
    synchronized float[] of(int category) {
        Centroid centroid = byCategory.get(category);
        if (centroid == null || centroid.items <= 0) {
            return null;
        }
        float[] mean = new float[centroid.sum.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = (float) (centroid.sum[k] / centroid.items);
        }
        return mean;
    }
}
