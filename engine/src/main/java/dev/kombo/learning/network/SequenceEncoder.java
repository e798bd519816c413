package dev.kombo.learning.network;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Encodes the recent interactions of the examples of a mini-batch as inputs of the dense layers, forward and backward.
 * Not thread-safe.
 */
interface SequenceEncoder {
    /** Loads its part of the flat weights. */
    void load(float[] weights);

    /** Writes the encoded sequences into the columns of the inputs from an index on. */
    void forward(MiniBatch batch, DMatrixRMaj inputs, int column);

    /** Adds to the gradient of the flat weights, given the gradient of the inputs. */
    void backward(DMatrixRMaj inputGradient, int column, double[] gradient);

    /** The encoder of a shape, or null where it uses no sequence. */
    static @Nullable SequenceEncoder of(NetworkShape shape) {
        return switch (shape.kind()) {
            case LINEAR, DENSE -> null;
            case CONVOLUTION -> new ConvolutionEncoder(shape);
            case RECURRENT -> new RecurrentEncoder(shape);
        };
    }
}
