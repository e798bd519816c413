package dev.kombo.math;

import java.util.Arrays;

/**
 * Arithmetic on factor vectors. Reductions run over four independent sums, because the JIT compiler may not reorder
 * float additions itself; element-wise loops share one index, so that it turns them into vector instructions.
 */
public final class FactorMath {
    private FactorMath() {}

    /** Dot product of two vectors of the same length. */
    @SuppressWarnings("MagicNumber") // Four independent sums.
    public static float dot(float[] a, float[] b) {
        requireSameLength(a, b);
        int length = a.length;
        int unrolled = length & ~3;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int k = 0; k < unrolled; k += 4) {
            sum0 += a[k] * b[k];
            sum1 += a[k + 1] * b[k + 1];
            sum2 += a[k + 2] * b[k + 2];
            sum3 += a[k + 3] * b[k + 3];
        }
        for (int k = unrolled; k < length; k++) {
            sum0 += a[k] * b[k];
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    /** Cosine of the angle between two vectors, in [-1, 1]; 0 where one of them is zero. */
    public static float cosine(float[] a, float[] b) {
        double norms = norm(a) * norm(b);
        return norms > 0 ? (float) Math.max(-1, Math.min(1, dot(a, b) / norms)) : 0f;
    }

    /** Euclidean length. Summed in double: infinite only where a component is. */
    public static double norm(float[] vector) {
        int length = vector.length;
        int unrolled = length & ~1;
        double even = 0;
        double odd = 0;
        for (int k = 0; k < unrolled; k += 2) {
            even += (double) vector[k] * vector[k];
            odd += (double) vector[k + 1] * vector[k + 1];
        }
        if (unrolled < length) {
            even += (double) vector[unrolled] * vector[unrolled];
        }
        return Math.sqrt(even + odd);
    }

    /** The first components of a vector, at most this many. */
    public static float[] cut(float[] vector, int length) {
        return vector.length > length ? Arrays.copyOf(vector, length) : vector;
    }

    /** Adds a vector times a scale to a sum of the same length. */
    public static void addScaled(float[] sum, float scale, float[] vector) {
        addScaled(sum, scale, vector, sum.length);
    }

    /** Adds the first components of a vector, times a scale, to those of a sum. */
    public static void addScaled(float[] sum, float scale, float[] vector, int count) {
        for (int k = 0; k < count; k++) {
            sum[k] += scale * vector[k];
        }
    }

    /** Euclidean length; 0 where the vector cannot be divided by it, and so has no direction. */
    public static float length(float[] vector) {
        float length = (float) norm(vector);
        return Float.isFinite(length) && Float.isFinite(1 / length) ? length : 0f;
    }

    /** Adds a vector at length 1 to a sum, and returns its {@link #length}; adds nothing where that is 0. */
    public static float addUnit(float[] sum, float[] vector) {
        float length = length(vector);
        if (length > 0) {
            addScaled(sum, 1 / length, vector);
        }
        return length;
    }

    /** Scales a vector to length 1; returns whether it had a direction, without which it stays as it is. */
    public static boolean toUnit(float[] vector) {
        float length = length(vector);
        if (length > 0) {
            scale(vector, 1 / length);
        }
        return length > 0;
    }

    /** Multiplies all components. */
    public static void scale(float[] vector, float scale) {
        for (int k = 0; k < vector.length; k++) {
            vector[k] *= scale;
        }
    }

    /** Whether no component is NaN or infinite. */
    public static boolean allFinite(float[] vector) {
        return Double.isFinite(norm(vector));
    }

    private static void requireSameLength(float[] a, float[] b) {
        if (a.length != b.length) {
            throw new IllegalArgumentException("vectors of " + a.length + " and " + b.length + " factors");
        }
    }
}
