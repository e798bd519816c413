package dev.kombo.learning.network;

import dev.kombo.learning.Rows;

/**
 * Collects the non-zero inputs of a dense layer for one candidate and sums them with their weights. The sum is a few
 * loops over rows of one length with one shared index, which the JIT compiler turns into vector instructions; four rows
 * per pass, so that an output is read and written a quarter as often (with eight, the loop is too large for the
 * compiler). Not thread-safe, since buffers are reused.
 */
final class ActiveInputs {
    private final float[] values;
    private final int[] inputs;
    private int size;

    /**
     * @param most inputs of the largest layer
     */
    ActiveInputs(int most) {
        values = new float[most];
        inputs = new int[most];
    }

    void clear() {
        size = 0;
    }

    /**
     * Adds an input if it is not 0. The write comes before the check, because a branch would be mispredicted on half of
     * all inputs.
     */
    void add(float value, int input) {
        values[size] = value;
        inputs[size] = input;
        size += value != 0 ? 1 : 0;
    }

    /**
     * Sums the weighted inputs.
     *
     * @param rows weights, one row per input with one entry per output
     * @param bias one per output
     * @param outputs gets bias plus weights times inputs
     */
    void sum(float[][] rows, float[] bias, float[] outputs) {
        System.arraycopy(bias, 0, outputs, 0, outputs.length);
        int i = 0;
        for (; i + 4 <= size; i += 4) {
            addFour(i, rows, outputs);
        }
        for (; i < size; i++) {
            Rows.addScaled(outputs, values[i], rows[inputs[i]], outputs.length);
        }
    }

    private void addFour(int i, float[][] rows, float[] outputs) {
        float value0 = values[i];
        float value1 = values[i + 1];
        float value2 = values[i + 2];
        float value3 = values[i + 3];
        float[] row0 = rows[inputs[i]];
        float[] row1 = rows[inputs[i + 1]];
        float[] row2 = rows[inputs[i + 2]];
        float[] row3 = rows[inputs[i + 3]];
        for (int k = 0; k < outputs.length; k++) {
            outputs[k] += (value0 * row0[k] + value1 * row1[k]) + (value2 * row2[k] + value3 * row3[k]);
        }
    }
}
