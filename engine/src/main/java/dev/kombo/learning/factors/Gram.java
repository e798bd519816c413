package dev.kombo.learning.factors;

/**
 * The Gram matrix of vectors, summed up one by one: the upper triangle, row after row. Sums of parts are the matrix of
 * all, whatever the order, but for rounding. Not safe to share.
 */
public final class Gram {
    private final int factors;
    private final double[] upper;
    private int rows;

    /** Of no vector yet. */
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
            // Place of the first of the row less its column.
            int offset = start - i;
            for (int j = i; j < factors; j++) {
                upper[offset + j] += value * vector[j];
            }
            start += factors - i;
        }
        rows++;
    }

    /**
     * Adds what {@link #toFloats} made.
     *
     * @param part upper triangle
     * @param vectors that went into it
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

    /** The value in a row and a column that is not before it. */
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
