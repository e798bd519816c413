package dev.kombo.catalog.index;

import java.util.Arrays;

/**
 * The bundles' vectors, normalised to length 1 and stored by column: {@code columns[factor][ordinal]}. The products of
 * one vector with all of them are a few vectorised loops over arrays with one shared index, whereas one array per
 * bundle would miss the caches each time. The price: writing a bundle touches one cache line per factor.
 *
 * <p>One thread writes, any thread reads without a lock. A reader may see a direction in mid-update, never NaN: each
 * component is finite and is written atomically.
 */
final class BundleDirections {
    private volatile float[][] columns;

    BundleDirections(int factors) {
        columns = new float[factors][64];
    }

    /** Sets a bundle's direction; zeros where it has no vector. Called by the one writer. */
    void set(int ordinal, BundleFactors factors) {
        float[][] current = columns;
        if (current.length > 0 && ordinal >= current[0].length) {
            current = grown(current, ordinal);
            columns = current;
        }
        for (int k = 0; k < current.length; k++) {
            current[k][ordinal] = factors.vector() == null ? 0f : factors.vector()[k] / factors.norm();
        }
    }

    private static float[][] grown(float[][] small, int ordinal) {
        float[][] grown = new float[small.length][];
        for (int k = 0; k < grown.length; k++) {
            grown[k] = Arrays.copyOf(small[k], Math.max(ordinal + 1, 2 * small[k].length));
        }
        return grown;
    }

    /** Products with a vector, by ordinal in [0, count). */
    void products(float[] vector, float[] products, int count) {
        float[][] current = columns;
        Arrays.fill(products, 0, count, 0f);
        int covered = current.length == 0 ? 0 : Math.min(count, current[0].length);
        int k = 0;
        for (; k + 4 <= current.length; k += 4) {
            addFour(current, k, vector, products, covered);
        }
        for (; k < current.length; k++) {
            addOne(current[k], vector[k], products, covered);
        }
    }

    private static void addOne(float[] column, float factor, float[] products, int count) {
        for (int i = 0; i < count; i++) {
            products[i] += factor * column[i];
        }
    }

    /** Four columns per pass, which quarters the loads and stores of the products. */
    private static void addFour(float[][] columns, int k, float[] vector, float[] products, int count) {
        float[] column0 = columns[k];
        float[] column1 = columns[k + 1];
        float[] column2 = columns[k + 2];
        float[] column3 = columns[k + 3];
        float factor0 = vector[k];
        float factor1 = vector[k + 1];
        float factor2 = vector[k + 2];
        float factor3 = vector[k + 3];
        for (int i = 0; i < count; i++) {
            products[i] +=
                    (factor0 * column0[i] + factor1 * column1[i]) + (factor2 * column2[i] + factor3 * column3[i]);
        }
    }
}
