package dev.kombo.learning.network;

import org.ejml.data.DMatrixRMaj;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates a network over a mini-batch by matrix products in double precision, forward and backward. Used for
 * training, and as the reference that {@link NetworkScorer} is tested against. Double, because a gradient can then be
 * checked against finite differences to many digits, and EJML's scalar products gain almost nothing from float. Not
 * thread-safe.
 */
final class NetworkReference {
    private final NetworkShape shape;
    private final float[] wide;
    private final double[] output;
    private final DenseLayer first;
    private final DenseLayer second;
    private final @Nullable SequenceEncoder encoder;
    private final DMatrixRMaj inputs = new DMatrixRMaj();
    private final DMatrixRMaj hiddenGradient = new DMatrixRMaj();
    private DMatrixRMaj hidden = inputs;
    private double[] logits = {};

    @SuppressWarnings("NullAway.Init")
    private MiniBatch batch;

    NetworkReference(NetworkShape shape) {
        this.shape = shape;
        this.wide = new float[shape.signals() + 1];
        this.output = new double[shape.length(NetworkBlock.OUTPUT)];
        this.first = new DenseLayer(
                shape.inputs(),
                shape.hidden(),
                shape.offset(NetworkBlock.FIRST),
                shape.offset(NetworkBlock.FIRST_BIAS));
        this.second = new DenseLayer(
                shape.hidden(),
                shape.hidden(),
                shape.offset(NetworkBlock.SECOND),
                shape.offset(NetworkBlock.SECOND_BIAS));
        this.encoder = SequenceEncoder.of(shape);
    }

    /** Loads the weights that {@link #forward} uses. */
    void load(float[] weights) {
        shape.requireWeights(weights);
        System.arraycopy(weights, shape.offset(NetworkBlock.WIDE), wide, 0, wide.length);
        if (shape.kind().deep()) {
            first.load(weights);
            second.load(weights);
            FlatArrays.read(weights, shape.offset(NetworkBlock.OUTPUT), output, output.length);
        }
        if (encoder != null) {
            encoder.load(weights);
        }
    }

    /** The logits of a batch, one per example; the array belongs to this object. */
    double[] forward(MiniBatch examples) {
        batch = examples;
        logits = logits.length == batch.size() ? logits : new double[batch.size()];
        for (int i = 0; i < logits.length; i++) {
            logits[i] = linear(i, wide);
        }
        if (shape.kind().deep()) {
            readInputs();
            hidden = second.forward(first.forward(inputs));
            for (int i = 0; i < logits.length; i++) {
                logits[i] += dot(hidden, i, output, output.length);
            }
        }
        return logits;
    }

    /**
     * Adds to the gradient of the flat weights, for the batch of the last {@link #forward}.
     *
     * @param logitGradient derivative of the loss by each logit
     * @param gradient one per weight
     */
    void backward(double[] logitGradient, double[] gradient) {
        int intercept = shape.offset(NetworkBlock.INTERCEPT);
        for (int i = 0; i < logitGradient.length; i++) {
            for (int k = 0; k < shape.signals(); k++) {
                gradient[k] += logitGradient[i] * batch.input(i, k);
            }
            gradient[intercept] += logitGradient[i];
        }
        if (!shape.kind().deep()) {
            return;
        }
        hiddenGradient.reshape(logitGradient.length, output.length);
        for (int i = 0; i < logitGradient.length; i++) {
            addRow(gradient, shape.offset(NetworkBlock.OUTPUT), logitGradient[i], hidden, i, output.length);
            for (int k = 0; k < output.length; k++) {
                hiddenGradient.unsafe_set(i, k, logitGradient[i] * output[k]);
            }
        }
        second.backward(hiddenGradient, gradient);
        DMatrixRMaj firstGradient = second.inputGradient(hiddenGradient);
        first.backward(firstGradient, gradient);
        if (encoder != null) {
            encoder.backward(first.inputGradient(firstGradient), shape.signals() + shape.context(), gradient);
        }
    }

    /** The linear part for an example: signals times weights, one per signal, the intercept last. */
    double linear(int example, float[] weights) {
        double sum = weights[shape.signals()];
        for (int k = 0; k < shape.signals(); k++) {
            sum += (double) weights[k] * batch.input(example, k);
        }
        return sum;
    }

    private void readInputs() {
        int plain = shape.inputs() - shape.encoded();
        inputs.reshape(batch.size(), shape.inputs());
        for (int i = 0; i < batch.size(); i++) {
            for (int k = 0; k < plain; k++) {
                float input = batch.input(i, k);
                inputs.unsafe_set(i, k, k < shape.signals() ? NetworkShape.bounded(input) : input);
            }
        }
        if (encoder != null) {
            encoder.forward(batch, inputs, plain);
        }
    }

    private static double dot(DMatrixRMaj matrix, int row, double[] weights, int length) {
        int start = row * matrix.numCols;
        double sum = 0;
        for (int k = 0; k < length; k++) {
            sum += weights[k] * matrix.data[start + k];
        }
        return sum;
    }

    private static void addRow(double[] target, int offset, double scale, DMatrixRMaj matrix, int row, int length) {
        int start = row * matrix.numCols;
        for (int k = 0; k < length; k++) {
            target[offset + k] += scale * matrix.data[start + k];
        }
    }
}
