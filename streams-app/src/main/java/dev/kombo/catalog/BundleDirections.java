package dev.kombo.catalog;

import java.util.Arrays;

/**
 * The bundles' vectors at length 1, side by side by factor: {@code columns[factor][ordinal]}. The cosines of one vector
 * with all of them are then a few vectorised loops over arrays with one shared index, where following each bundle to its
 * own vector would miss the caches each time. The price: writing a bundle touches as many cache lines as it has factors.
 * Vectors of different lengths have tables of their own; usually there is one.
 *
 * <p>One thread writes, any thread reads without a lock. A reader may see a direction in mid-update, never NaN: each
 * component is finite and is written whole.
 */
final class BundleDirections {
    private static final float[][][] NONE = {};

    /** One table a length of vectors. A table is replaced when it grows, after it was filled. */
    private volatile float[][][] tables = NONE;

    /** Sets a bundle's direction; zeros where there is no vector that could be used. Called by the one writer. */
    void set(int ordinal, float[] vector, float norm) {
        boolean usable = vector.length > 0 && norm > 0 && Float.isFinite(norm);
        if (usable && table(vector.length) < 0) {
            float[][][] more = Arrays.copyOf(tables, tables.length + 1);
            more[tables.length] = new float[vector.length][0];
            tables = more;
        }
        for (int t = 0; t < tables.length; t++) {
            boolean fits = usable && tables[t].length == vector.length;
            if (fits && ordinal >= tables[t][0].length) {
                grow(t, ordinal);
            }
            float[][] columns = tables[t];
            if (ordinal < columns[0].length) {
                for (int k = 0; k < columns.length; k++) {
                    columns[k][ordinal] = fits ? vector[k] / norm : 0f;
                }
            }
        }
    }

    private int table(int factors) {
        for (int t = 0; t < tables.length; t++) {
            if (tables[t].length == factors) {
                return t;
            }
        }
        return -1;
    }

    private void grow(int table, int ordinal) {
        float[][] grown = new float[tables[table].length][];
        for (int k = 0; k < grown.length; k++) {
            float[] column = tables[table][k];
            grown[k] = Arrays.copyOf(column, Math.max(64, Math.max(ordinal + 1, 2 * column.length)));
        }
        float[][][] replaced = tables.clone();
        replaced[table] = grown;
        tables = replaced;
    }

    /** See {@link CatalogIndex#bundleCosines}. */
    void cosines(float[] vector, float norm, float[] cosines, int count) {
        Arrays.fill(cosines, 0, count, 0f);
        if (!(norm > 0)) {
            return;
        }
        for (float[][] columns : tables) {
            if (columns.length == vector.length) {
                addProducts(columns, vector, 1 / norm, cosines, Math.min(count, columns[0].length));
            }
        }
    }

    private static void addProducts(float[][] columns, float[] vector, float scale, float[] sums, int count) {
        int quads = columns.length & ~3;
        for (int k = 0; k < quads; k += 4) {
            addFour(columns, k, vector, scale, sums, count);
        }
        for (int k = quads; k < columns.length; k++) {
            float[] column = columns[k];
            float factor = vector[k] * scale;
            for (int i = 0; i < count; i++) {
                sums[i] += factor * column[i];
            }
        }
    }

    /** Four columns a pass: a quarter of the loads and stores of the sums. */
    private static void addFour(float[][] columns, int k, float[] vector, float scale, float[] sums, int count) {
        float[] column0 = columns[k];
        float[] column1 = columns[k + 1];
        float[] column2 = columns[k + 2];
        float[] column3 = columns[k + 3];
        float factor0 = vector[k] * scale;
        float factor1 = vector[k + 1] * scale;
        float factor2 = vector[k + 2] * scale;
        float factor3 = vector[k + 3] * scale;
        for (int i = 0; i < count; i++) {
            sums[i] += (factor0 * column0[i] + factor1 * column1[i]) + (factor2 * column2[i] + factor3 * column3[i]);
        }
    }
}
