package dev.kombo.learning.network;

import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/** A dense layer with ReLU over a mini-batch, one row per example, forward and backward. Not thread-safe. */
final class DenseLayer {
    private final int offset;
    private final int biasOffset;
    private final DMatrixRMaj matrix;
    private final double[] bias;
    private final DMatrixRMaj matrixGradient;
    private final DMatrixRMaj transposed = new DMatrixRMaj();
    private final DMatrixRMaj output = new DMatrixRMaj();
    private final DMatrixRMaj inputGradient = new DMatrixRMaj();
    private DMatrixRMaj input = output;

    /** Creates a layer whose weights (inputs by outputs) and biases start at these indices of the flat weights. */
    DenseLayer(int inputs, int outputs, int offset, int biasOffset) {
        this.offset = offset;
        this.biasOffset = biasOffset;
        this.matrix = new DMatrixRMaj(inputs, outputs);
        this.matrixGradient = new DMatrixRMaj(inputs, outputs);
        this.bias = new double[outputs];
    }

    void load(float[] weights) {
        FlatArrays.read(weights, offset, matrix.data, matrix.getNumElements());
        FlatArrays.read(weights, biasOffset, bias, bias.length);
    }

    /** Returns the output, examples by outputs; it and the input must stay unchanged until {@link #backward}. */
    DMatrixRMaj forward(DMatrixRMaj examples) {
        input = examples;
        CommonOps_DDRM.mult(examples, matrix, output);
        for (int i = 0; i < output.numRows; i++) {
            int row = i * bias.length;
            for (int k = 0; k < bias.length; k++) {
                output.data[row + k] = Math.max(0, output.data[row + k] + bias[k]);
            }
        }
        return output;
    }

    /**
     * Adds to the gradient of the flat weights.
     *
     * @param outputGradient examples by outputs; becomes 0 where the output was rectified
     */
    void backward(DMatrixRMaj outputGradient, double[] gradient) {
        for (int i = 0; i < outputGradient.numRows; i++) {
            int row = i * bias.length;
            for (int k = 0; k < bias.length; k++) {
                if (output.data[row + k] > 0) {
                    gradient[biasOffset + k] += outputGradient.data[row + k];
                } else {
                    outputGradient.data[row + k] = 0;
                }
            }
        }
        CommonOps_DDRM.multTransA(input, outputGradient, matrixGradient);
        FlatArrays.add(gradient, offset, matrixGradient);
    }

    /**
     * The gradient of the input, examples by inputs. Uses the transposed matrix, because EJML computes products with a
     * transposed right side by dot products, which are slower than sums of rows.
     *
     * @param outputGradient as {@link #backward} left it
     */
    DMatrixRMaj inputGradient(DMatrixRMaj outputGradient) {
        CommonOps_DDRM.transpose(matrix, transposed);
        CommonOps_DDRM.mult(outputGradient, transposed, inputGradient);
        return inputGradient;
    }
}
