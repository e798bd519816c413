package dev.kombo.learning;

/**
 * Vector, bias and step sizes of one target. Touched only by the stream thread that owns the target's partition; the
 * arrays are the state itself, not copies.
 */
public final class ItemFactors {
    private final float[] vector;
    private final float[] squaredGradients;
    private float bias;
    private float biasSquaredGradient;
    private float moved;

    /**
     * State from its stored parts; keeps the arrays.
     *
     * @param vector factors
     * @param squaredGradients AdaGrad accumulators, one a factor
     * @param bias bias
     * @param biasSquaredGradient AdaGrad accumulator of the bias
     * @param moved length of the steps taken since the last publication
     */
    public ItemFactors(float[] vector, float[] squaredGradients, float bias, float biasSquaredGradient, float moved) {
        if (vector.length != squaredGradients.length) {
            throw new IllegalArgumentException(
                    vector.length + " factors with " + squaredGradients.length + " squared gradients");
        }
        this.vector = vector;
        this.squaredGradients = squaredGradients;
        this.bias = bias;
        this.biasSquaredGradient = biasSquaredGradient;
        this.moved = moved;
    }

    /**
     * A target before its first update.
     *
     * @param vector what it starts from; kept
     */
    public static ItemFactors initial(float[] vector) {
        return new ItemFactors(vector, new float[vector.length], 0f, 0f, 0f);
    }

    public float[] vector() {
        return vector;
    }

    public float[] squaredGradients() {
        return squaredGradients;
    }

    public float bias() {
        return bias;
    }

    public float biasSquaredGradient() {
        return biasSquaredGradient;
    }

    /** Length of the steps taken since the last publication: the target is at most this far from what was published. */
    public float moved() {
        return moved;
    }

    void setBias(float newBias, float newSquaredGradient) {
        this.bias = newBias;
        this.biasSquaredGradient = newSquaredGradient;
    }

    void setMoved(float length) {
        this.moved = length;
    }
}
