package dev.kombo.learning.network;

import dev.kombo.learning.Rows;
import dev.kombo.math.FactorMath;
import java.util.Arrays;

/**
 * Encodes the recent interactions of a shopper against the candidates of one request: the optimised counterpart of
 * {@link SequenceEncoder}.
 */
interface RowsEncoder {
    /** The encoded sequences, one row per component; the array belongs to the encoder. */
    float[][] encode(float[] weights, SequenceRows sequence, int count);

    /** The encoder of a shape, for requests with up to that many candidates. */
    static RowsEncoder of(NetworkShape shape, int candidates) {
        return switch (shape.kind()) {
            case LINEAR, DENSE -> (weights, sequence, count) -> SequenceRows.NONE.rows();
            case CONVOLUTION -> new ConvolutionRows(shape, candidates);
            case RECURRENT -> new RecurrentRows(shape, candidates);
        };
    }

    /**
     * {@link ConvolutionEncoder} over the candidates of one request. Not thread-safe, since it holds buffers: one
     * instance per thread.
     */
    final class ConvolutionRows implements RowsEncoder {
        private static final int CHANNELS = NetworkShape.CHANNELS;

        private final int features;
        private final int kernel;
        private final int bias;
        private final float[][] activation;
        private final float[][] encoded;

        ConvolutionRows(NetworkShape shape, int candidates) {
            this.features = shape.stepFeatures();
            this.kernel = shape.offset(NetworkBlock.KERNEL);
            this.bias = shape.offset(NetworkBlock.KERNEL_BIAS);
            this.activation = new float[CHANNELS][candidates];
            this.encoded = new float[2 * CHANNELS][candidates];
        }

        @Override
        public float[][] encode(float[] weights, SequenceRows sequence, int count) {
            for (float[] row : encoded) {
                Arrays.fill(row, 0, count, 0f);
            }
            for (int step = 0; step < sequence.length(); step++) {
                convolve(weights, sequence, step, count);
                for (int channel = 0; channel < CHANNELS; channel++) {
                    pool(activation[channel], encoded[channel], encoded[CHANNELS + channel], count);
                }
            }
            if (sequence.length() > 0) {
                for (int channel = CHANNELS; channel < 2 * CHANNELS; channel++) {
                    scale(encoded[channel], 1f / sequence.length(), count);
                }
            }
            return encoded;
        }

        private void convolve(float[] weights, SequenceRows sequence, int step, int count) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                Arrays.fill(activation[channel], 0, count, weights[bias + channel]);
            }
            int first = Math.max(0, step - 1);
            int end = Math.min(sequence.length(), step + 2);
            int skipped = (first - (step - 1)) * features;
            Rows.addLayer(
                    sequence.rows(),
                    first * features,
                    (end - first) * features,
                    weights,
                    kernel + skipped * CHANNELS,
                    activation,
                    count);
        }

        /** Rectifies, then takes the maximum, which starts at 0 since no rectified value is below, and the sum. */
        private static void pool(float[] activation, float[] greatest, float[] sum, int count) {
            Rows.rectify(activation, count);
            for (int c = 0; c < count; c++) {
                greatest[c] = Math.max(greatest[c], activation[c]);
            }
            FactorMath.addScaled(sum, 1f, activation, count);
        }

        private static void scale(float[] row, float factor, int count) {
            for (int c = 0; c < count; c++) {
                row[c] *= factor;
            }
        }
    }

    /**
     * {@link RecurrentEncoder} over the candidates of one request. Not thread-safe, since it holds buffers: one
     * instance per thread.
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
            this.candidate = Arrays.copyOfRange(all, 2 * UNITS, NetworkShape.GATES);
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
}
