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
    void cosines(
            float[] first,
            float firstNorm,
            float[] firstCosines,
            float[] second,
            float secondNorm,
            float[] secondCosines,
            int count) {
        Arrays.fill(firstCosines, 0, count, 0f);
        Arrays.fill(secondCosines, 0, count, 0f);
        addProducts(direction(first, firstNorm), firstCosines, direction(second, secondNorm), secondCosines, count);
    }

    private static float[] direction(float[] vector, float norm) {
        float[] direction = new float[vector.length];
        for (int k = 0; norm > 0 && k < vector.length; k++) {
            direction[k] = vector[k] / norm;
        }
        return direction;
    }

    private void addProducts(float[] first, float[] firstSums, float[] second, float[] secondSums, int count) {
        for (float[][] columns : tables) {
            if (columns.length == first.length) {
                int covered = Math.min(count, columns[0].length);
                for (int k = 0; k + 2 <= columns.length; k += 2) {
                    addTwo(columns, k, first, firstSums, second, secondSums, covered);
                }
                if ((columns.length & 1) != 0) {
                    int last = columns.length - 1;
                    addOne(columns[last], first[last], firstSums, second[last], secondSums, covered);
                }
            }
        }
    }

    private static void addOne(
            float[] column, float first, float[] firstSums, float second, float[] secondSums, int count) {
        for (int i = 0; i < count; i++) {
            firstSums[i] += first * column[i];
            secondSums[i] += second * column[i];
        }
    }

    /**
     * Two columns a pass: half of the loads and stores of the sums, and each column is read once for both. With four,
     * the JIT compiler gives up on vector instructions: the loop is then too large for it.
     */
    private static void addTwo(
            float[][] columns, int k, float[] first, float[] firstSums, float[] second, float[] secondSums, int count) {
        float[] column0 = columns[k];
        float[] column1 = columns[k + 1];
        float first0 = first[k];
        float first1 = first[k + 1];
        float second0 = second[k];
        float second1 = second[k + 1];
        for (int i = 0; i < count; i++) {
            firstSums[i] += first0 * column0[i] + first1 * column1[i];
            secondSums[i] += second0 * column0[i] + second1 * column1[i];
        }
    }
}
