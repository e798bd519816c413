package dev.kombo.learning;

import dev.kombo.math.FactorMath;

/**
 * Computes layers of a neural network for many candidates at once: one array per unit, one component per candidate.
 * Each loop runs over separate arrays with one shared index, which the JIT compiler turns into vector instructions;
 * four inputs at once, so that an output is read and written a quarter as often.
 */
public final class Rows {
    /** Bound of half the argument of the hyperbolic tangent: there, tanh of the argument is 1 within 1e-7. */
    private static final float LARGEST_HALF = 4.5f;

    private Rows() {}

    /**
     * Adds weighted inputs to outputs.
     *
     * @param inputs rows
     * @param from first input
     * @param size number of inputs
     * @param weights flat
     * @param offset of the weights: inputs by outputs, row-major
     * @param outputs rows, all of them
     * @param count candidates
     */
    @SuppressWarnings("MagicNumber") // Four at a time.
    public static void addLayer(
            float[][] inputs, int from, int size, float[] weights, int offset, float[][] outputs, int count) {
        int stride = outputs.length;
        for (int output = 0; output < stride; output++) {
            int weight = offset + output;
            int input = from;
            for (; input + 4 <= from + size; input += 4) {
                addFour(inputs, input, weights, weight, stride, outputs[output], count);
                weight += 4 * stride;
            }
            for (; input < from + size; input++) {
                FactorMath.addScaled(outputs[output], weights[weight], inputs[input], count);
                weight += stride;
            }
        }
    }

    @SuppressWarnings("MagicNumber") // Four at a time.
    private static void addFour(
            float[][] inputs, int from, float[] weights, int start, int stride, float[] target, int count) {
        float weight0 = weights[start];
        float weight1 = weights[start + stride];
        float weight2 = weights[start + 2 * stride];
        float weight3 = weights[start + 3 * stride];
        float[] input0 = inputs[from];
        float[] input1 = inputs[from + 1];
        float[] input2 = inputs[from + 2];
        float[] input3 = inputs[from + 3];
        for (int c = 0; c < count; c++) {
            target[c] += (weight0 * input0[c] + weight1 * input1[c]) + (weight2 * input2[c] + weight3 * input3[c]);
        }
    }

    /** ReLU in place as (x + |x|) / 2, since a branch would prevent vector instructions. */
    public static void rectify(float[] row, int count) {
        for (int c = 0; c < count; c++) {
            row[c] = 0.5f * (row[c] + Math.abs(row[c]));
        }
    }

    /** The logistic function in place: (1 + tanh(x / 2)) / 2. */
    @SuppressWarnings("MagicNumber") // Half of a half.
    public static void sigmoid(float[] row, int count) {
        for (int c = 0; c < count; c++) {
            row[c] = 0.5f + 0.5f * tanhOfDouble(0.25f * row[c]);
        }
    }

    /** The hyperbolic tangent in place. */
    public static void tanh(float[] row, int count) {
        for (int c = 0; c < count; c++) {
            row[c] = tanhOfDouble(0.5f * row[c]);
        }
    }

    /**
     * tanh(2 half), to 1e-6: Lambert's continued fraction of tanh(half) up to its seventh denominator, then tanh(2 y) =
     * 2 tanh(y) / (1 + tanh(y)^2), which flattens the fraction's error where it is largest.
     */
    @SuppressWarnings("MagicNumber") // The coefficients of the fraction.
    private static float tanhOfDouble(float half) {
        float y = Math.max(-LARGEST_HALF, Math.min(LARGEST_HALF, half));
        float square = y * y;
        float above = y * (135135f + square * (17325f + square * (378f + square)));
        float below = 135135f + square * (62370f + square * (3150f + square * 28f));
        return 2f * above * below / (below * below + above * above);
    }
}
