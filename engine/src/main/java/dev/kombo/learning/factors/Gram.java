package dev.kombo.learning.factors;

import org.jspecify.annotations.Nullable;

/**
 * Accumulates the Gram matrix of vectors: the upper triangle, row after row. Sums of parts equal the matrix of all, in
 * any order, except for rounding. Not thread-safe.
 */
public final class Gram {
    private final int factors;
    private final double[] upper;
    private int rows;

    /** Creates the matrix of no vectors. */
    public Gram(int factors) {
        this.factors = factors;
        this.upper = new double[factors * (factors + 1) / 2];
    }

    /** Length of the vectors. */
    public int factors() {
        return factors;
    }

    /** Vectors added. */
    public int rows() {
        return rows;
    }

    /** Adds a vector. */
    public void add(float[] vector) {
        int start = 0;
        for (int i = 0; i < factors; i++) {
            double value = vector[i];
            // Index of the row's first element less its column.
            int offset = start - i;
            for (int j = i; j < factors; j++) {
                upper[offset + j] += value * vector[j];
            }
            start += factors - i;
        }
        rows++;
    }

    /**
     * Adds a part made by {@link #toFloats}.
     *
     * @param part upper triangle
     * @param vectors number of vectors in it
     */
    public void add(float[] part, int vectors) {
        if (part.length != upper.length) {
            throw new IllegalArgumentException("a part of " + part.length + " values for " + factors + " factors");
        }
        for (int i = 0; i < upper.length; i++) {
            upper[i] += part[i];
        }
        rows += vectors;
    }

    /** The upper triangle. */
    public float[] toFloats() {
        float[] part = new float[upper.length];
        for (int i = 0; i < part.length; i++) {
            part[i] = (float) upper[i];
        }
        return part;
    }

    /**
     * The matrix of vectors that are cut.
     *
     * @param part upper triangle of the matrix of vectors of the same length or longer
     * @param factors length to which they are cut
     * @return null where the vectors are shorter
     */
    @SuppressWarnings("MagicNumber") // The root of a quadratic equation.
    static float @Nullable [] cut(float[] part, int factors) {
        int length = (int) Math.round((Math.sqrt(8.0 * part.length + 1) - 1) / 2);
        if (length < factors) {
            return null;
        }
        float[] cut = new float[factors * (factors + 1) / 2];
        int from = 0;
        int to = 0;
        for (int row = 0; row < factors; row++) {
            System.arraycopy(part, from, cut, to, factors - row);
            from += length - row;
            to += factors - row;
        }
        return cut;
    }

    /** The value in a row and a column that is not before the row. */
    double get(int row, int column) {
        return upper[row * factors - row * (row - 1) / 2 + column - row];
    }

    /** Sum of the squared lengths of the vectors. */
    public double trace() {
        double trace = 0;
        for (int i = 0; i < factors; i++) {
            trace += get(i, i);
        }
        return trace;
    }
}
