package dev.kombo.learning;

import dev.kombo.catalog.StableHash;

/**
 * Arithmetic on factor vectors. Reductions run over four independent sums, because the JIT compiler may not reorder
 * float additions itself; element-wise loops share one index, so that it turns them into vector instructions.
 */
public final class Factors {
    /** Expected length of a starting vector: long enough to break the symmetry, too short to outrank what is learned. */
    static final double INITIAL_NORM = 0.1;

    private static final long GOLDEN_GAMMA = 0x9e3779b97f4a7c15L;

    private Factors() {}

    /**
     * The vector a user or target starts from: the same for the same name and seed everywhere. Components are
     * independent and uniform with mean 0 and standard deviation {@value #INITIAL_NORM} / sqrt(factors), so the norm
     * does not depend on the number of factors.
     */
    public static float[] initial(String target, long seed, int factors) {
        double bound = INITIAL_NORM * Math.sqrt(3.0 / factors);
        long state = StableHash.of(target, seed);
        float[] vector = new float[factors];
        for (int k = 0; k < factors; k++) {
            vector[k] = (float) ((2 * StableHash.unit(StableHash.mix(state)) - 1) * bound);
            state += GOLDEN_GAMMA;
        }
        return vector;
    }

    /** Sum of the products of the components of two vectors of one length. */
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

    /** Adds scale * source to target, in place. */
    public static void addScaled(float[] target, float scale, float[] source) {
        requireSameLength(target, source);
        for (int k = 0; k < target.length; k++) {
            target[k] += scale * source[k];
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
