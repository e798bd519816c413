package dev.kombo.learning;

/**
 * Gradient of the loss with respect to a target's vector and bias; filled by {@link UserFactorLearner#step}. Meant to
 * be kept and reused: a step overwrites all of it.
 */
public final class Gradient {
    private final float[] factors;
    private float bias;

    /** A gradient of zeros. */
    public Gradient(int factors) {
        this.factors = new float[factors];
    }

    /** Gradient with respect to the vector: the array itself, overwritten by the next step. */
    public float[] factors() {
        return factors;
    }

    /** Gradient with respect to the bias. */
    public float bias() {
        return bias;
    }

    void set(float scale, float[] vector, float biasGradient) {
        for (int k = 0; k < factors.length; k++) {
            factors[k] = scale * vector[k];
        }
        bias = biasGradient;
    }
}
