package dev.kombo.learning.network;

import org.ejml.data.DMatrixRMaj;

/**
 * Encodes sequences by a one-dimensional convolution over time with ReLU, then the maximum and the mean of each
 * channel. Its patches (previous step, step, next step; 0 past either end) are rows of one matrix, so the convolution
 * is a dense layer over them. A sequence without steps is encoded as 0.
 */
final class ConvolutionEncoder implements SequenceEncoder {
    private static final int CHANNELS = NetworkShape.CHANNELS;

    private final int features;
    private final DenseLayer layer;
    private final DMatrixRMaj patches = new DMatrixRMaj();
    private final DMatrixRMaj activationGradient = new DMatrixRMaj();
    private int[] lengths = {};
    private int[] greatest = {};

    ConvolutionEncoder(NetworkShape shape) {
        this.features = shape.stepFeatures();
        this.layer = new DenseLayer(
                NetworkShape.KERNEL * features,
                CHANNELS,
                shape.offset(NetworkBlock.KERNEL),
                shape.offset(NetworkBlock.KERNEL_BIAS));
    }

    @Override
    public void load(float[] weights) {
        layer.load(weights);
    }

    @Override
    public void forward(MiniBatch batch, DMatrixRMaj inputs, int column) {
        readPatches(batch);
        greatest = new int[batch.size() * CHANNELS];
        DMatrixRMaj activation = patches.numRows == 0 ? patches : layer.forward(patches);
        int row = 0;
        for (int i = 0; i < lengths.length; i++) {
            for (int channel = 0; channel < CHANNELS; channel++) {
                int best = row;
                double sum = 0;
                for (int step = row; step < row + lengths[i]; step++) {
                    double value = activation.unsafe_get(step, channel);
                    best = value > activation.unsafe_get(best, channel) ? step : best;
                    sum += value;
                }
                greatest[i * CHANNELS + channel] = best;
                boolean empty = lengths[i] == 0;
                inputs.unsafe_set(i, column + channel, empty ? 0 : activation.unsafe_get(best, channel));
                inputs.unsafe_set(i, column + CHANNELS + channel, empty ? 0 : sum / lengths[i]);
            }
            row += lengths[i];
        }
    }

    @Override
    public void backward(DMatrixRMaj inputGradient, int column, double[] gradient) {
        if (patches.numRows == 0) {
            return;
        }
        activationGradient.reshape(patches.numRows, CHANNELS);
        int row = 0;
        for (int i = 0; i < lengths.length; i++) {
            for (int step = row; step < row + lengths[i]; step++) {
                for (int channel = 0; channel < CHANNELS; channel++) {
                    double slope = inputGradient.unsafe_get(i, column + CHANNELS + channel) / lengths[i];
                    if (greatest[i * CHANNELS + channel] == step) {
                        slope += inputGradient.unsafe_get(i, column + channel);
                    }
                    activationGradient.unsafe_set(step, channel, slope);
                }
            }
            row += lengths[i];
        }
        layer.backward(activationGradient, gradient);
    }

    private void readPatches(MiniBatch batch) {
        lengths = new int[batch.size()];
        int total = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = batch.length(i);
            total += lengths[i];
        }
        patches.reshape(total, NetworkShape.KERNEL * features);
        int row = 0;
        for (int i = 0; i < lengths.length; i++) {
            for (int step = 0; step < lengths[i]; step++) {
                readPatch(batch, i, step, row++);
            }
        }
    }

    private void readPatch(MiniBatch batch, int example, int step, int row) {
        for (int k = 0; k < NetworkShape.KERNEL; k++) {
            int seen = step + k - 1;
            boolean inside = seen >= 0 && seen < batch.length(example);
            for (int feature = 0; feature < features; feature++) {
                patches.unsafe_set(row, k * features + feature, inside ? batch.step(example, seen, feature) : 0);
            }
        }
    }
}
