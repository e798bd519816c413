package dev.kombo.learning.network;

import dev.kombo.learning.Rows;
import java.util.Arrays;

/**
 * {@link RecurrentEncoder} over the candidates of one request. Not thread-safe, since it holds buffers: one instance
 * per thread.
 */
final class RecurrentRows implements RowsEncoder {
    private static final int UNITS = NetworkShape.UNITS;

    private final int features;
    private final int fromStep;
    private final int fromState;
    private final int fromReset;
    private final int bias;
    private final float[][] state;
    private final float[][] reset;
    /** Reset and update, then candidate; {@link #all} is both. */
    private final float[][] gates;

    private final float[][] candidate;
    private final float[][] all;

    RecurrentRows(NetworkShape shape, int candidates) {
        this.features = shape.stepFeatures();
        this.fromStep = shape.offset(NetworkBlock.STEP_GATES);
        this.fromState = shape.offset(NetworkBlock.STATE_GATES);
        this.fromReset = shape.offset(NetworkBlock.STATE_CANDIDATE);
        this.bias = shape.offset(NetworkBlock.GATE_BIAS);
        this.state = new float[UNITS][candidates];
        this.reset = new float[UNITS][candidates];
        this.all = new float[NetworkShape.GATES][candidates];
        this.gates = Arrays.copyOfRange(all, 0, 2 * UNITS);
        this.candidate = Arrays.copyOfRange(all, 2 * UNITS, 3 * UNITS);
    }

    @Override
    public float[][] encode(float[] weights, SequenceRows sequence, int count) {
        for (float[] row : state) {
            Arrays.fill(row, 0, count, 0f);
        }
        for (int step = 0; step < sequence.length(); step++) {
            advance(weights, sequence, step, count);
        }
        return state;
    }

    private void advance(float[] weights, SequenceRows sequence, int step, int count) {
        for (int gate = 0; gate < all.length; gate++) {
            Arrays.fill(all[gate], 0, count, weights[bias + gate]);
        }
        Rows.addLayer(sequence.rows(), step * features, features, weights, fromStep, all, count);
        Rows.addLayer(state, 0, UNITS, weights, fromState, gates, count);
        for (float[] gate : gates) {
            Rows.sigmoid(gate, count);
        }
        for (int unit = 0; unit < UNITS; unit++) {
            multiply(reset[unit], gates[unit], state[unit], count);
        }
        Rows.addLayer(reset, 0, UNITS, weights, fromReset, candidate, count);
        for (int unit = 0; unit < UNITS; unit++) {
            Rows.tanh(candidate[unit], count);
            blend(state[unit], gates[UNITS + unit], candidate[unit], count);
        }
    }

    private static void multiply(float[] target, float[] a, float[] b, int count) {
        for (int c = 0; c < count; c++) {
            target[c] = a[c] * b[c];
        }
    }

    /** Keeps the share of the state that the update gate gives, and takes the rest from the candidate. */
    private static void blend(float[] state, float[] update, float[] candidate, int count) {
        for (int c = 0; c < count; c++) {
            state[c] = candidate[c] + update[c] * (state[c] - candidate[c]);
        }
    }
}
