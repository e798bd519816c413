package dev.kombo.learning.network;

import org.ejml.data.DMatrixRMaj;

/** Turns the sequences of a mini-batch into inputs of the dense layers, forward and backward. Not safe to share. */
interface SequenceEncoder {
    /** Reads its part of the flat weights. */
    void load(float[] weights);

    /** Writes the encoded sequences into the columns of the inputs from an index on. */
    void forward(MiniBatch batch, DMatrixRMaj inputs, int column);

    /** Adds to the gradient of the flat weights, given that of the inputs. */
    void backward(DMatrixRMaj inputGradient, int column, double[] gradient);

    /** The encoder of a shape, or null where it sees no sequence. */
    static SequenceEncoder of(NetworkShape shape) {
        return switch (shape.kind()) {
            case LINEAR, DENSE -> null;
            case CONVOLUTION -> new ConvolutionEncoder(shape);
            case RECURRENT -> new RecurrentEncoder(shape);
        };
    }
}
