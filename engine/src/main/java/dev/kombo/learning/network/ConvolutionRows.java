package dev.kombo.learning.network;

import dev.kombo.learning.Rows;
import java.util.Arrays;

/**
 * {@link ConvolutionEncoder} over the candidates of one request. Not thread-safe, since it holds buffers: one instance
 * per thread.
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
        Rows.addScaled(sum, 1f, activation, count);
    }

    private static void scale(float[] row, float factor, int count) {
        for (int c = 0; c < count; c++) {
            row[c] *= factor;
        }
    }
}
