package dev.kombo.learning.network;

import dev.kombo.learning.Logistic;
import java.util.ArrayList;
import java.util.List;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Encodes sequences by a gated recurrent unit (Cho et al.: Learning Phrase Representations using RNN Encoder-Decoder,
 * 2014), trained by backpropagation through time. With state h, input x and the logistic function s:
 *
 * <pre>
 * reset     r = s(x Wr + h Ur + br)
 * update    z = s(x Wz + h Uz + bz)
 * candidate c = tanh(x Wc + (r * h) Uc + bc)
 * state     h' = z * h + (1 - z) * c
 * </pre>
 *
 * <p>It starts at 0 with the oldest step; the state after the last valid step is the encoded sequence.
 */
final class RecurrentEncoder implements SequenceEncoder {
    private static final int UNITS = NetworkShape.UNITS;
    private static final int GATES = NetworkShape.GATES;

    private final NetworkShape shape;
    private final DMatrixRMaj fromStep;
    private final DMatrixRMaj fromState = new DMatrixRMaj(UNITS, 2 * UNITS);
    private final DMatrixRMaj fromReset = new DMatrixRMaj(UNITS, UNITS);
    private final DMatrixRMaj toState = new DMatrixRMaj(2 * UNITS, UNITS);
    private final DMatrixRMaj toReset = new DMatrixRMaj(UNITS, UNITS);
    private final double[] bias = new double[GATES];
    private final List<Step> steps = new ArrayList<>();
    private int[] lengths = {};
    private int longest;

    /** Intermediate values of a step for backpropagation, one row per example. */
    private static final class Step {
        final DMatrixRMaj input = new DMatrixRMaj();
        final DMatrixRMaj before = new DMatrixRMaj();
        /** Reset, update and candidate. */
        final DMatrixRMaj gates = new DMatrixRMaj();
        /** The previous state, reset. */
        final DMatrixRMaj reset = new DMatrixRMaj();
    }

    RecurrentEncoder(NetworkShape shape) {
        this.shape = shape;
        this.fromStep = new DMatrixRMaj(shape.stepFeatures(), GATES);
        for (int i = 0; i <= shape.steps(); i++) {
            steps.add(new Step());
        }
    }

    @Override
    public void load(float[] weights) {
        FlatArrays.read(weights, shape.offset(NetworkBlock.STEP_GATES), fromStep.data, fromStep.getNumElements());
        FlatArrays.read(weights, shape.offset(NetworkBlock.STATE_GATES), fromState.data, fromState.getNumElements());
        FlatArrays.read(
                weights, shape.offset(NetworkBlock.STATE_CANDIDATE), fromReset.data, fromReset.getNumElements());
        FlatArrays.read(weights, shape.offset(NetworkBlock.GATE_BIAS), bias, GATES);
        CommonOps_DDRM.transpose(fromState, toState);
        CommonOps_DDRM.transpose(fromReset, toReset);
    }

    @Override
    public void forward(MiniBatch batch, DMatrixRMaj inputs, int column) {
        lengths = new int[batch.size()];
        longest = 0;
        for (int i = 0; i < lengths.length; i++) {
            lengths[i] = batch.length(i);
            longest = Math.max(longest, lengths[i]);
        }
        steps.get(0).before.reshape(lengths.length, UNITS);
        steps.get(0).before.zero();
        for (int time = 0; time < longest; time++) {
            readStep(batch, time);
            forward(steps.get(time), steps.get(time + 1).before, time);
        }
        CommonOps_DDRM.insert(steps.get(longest).before, inputs, 0, column);
    }

    private void readStep(MiniBatch batch, int time) {
        DMatrixRMaj input = steps.get(time).input;
        input.reshape(lengths.length, shape.stepFeatures());
        for (int i = 0; i < lengths.length; i++) {
            for (int feature = 0; feature < shape.stepFeatures(); feature++) {
                input.unsafe_set(i, feature, batch.step(i, time, feature));
            }
        }
    }

    private void forward(Step step, DMatrixRMaj after, int time) {
        CommonOps_DDRM.mult(step.input, fromStep, step.gates);
        DMatrixRMaj part = CommonOps_DDRM.mult(step.before, fromState, null);
        step.reset.reshape(lengths.length, UNITS);
        for (int i = 0; i < lengths.length; i++) {
            for (int k = 0; k < 2 * UNITS; k++) {
                double sum = step.gates.unsafe_get(i, k) + part.unsafe_get(i, k) + bias[k];
                step.gates.unsafe_set(i, k, Logistic.sigmoid(sum));
            }
            for (int k = 0; k < UNITS; k++) {
                step.reset.unsafe_set(i, k, step.gates.unsafe_get(i, k) * step.before.unsafe_get(i, k));
            }
        }
        CommonOps_DDRM.mult(step.reset, fromReset, part);
        after.reshape(lengths.length, UNITS);
        for (int i = 0; i < lengths.length; i++) {
            for (int k = 0; k < UNITS; k++) {
                int gate = 2 * UNITS + k;
                double candidate = Math.tanh(step.gates.unsafe_get(i, gate) + part.unsafe_get(i, k) + bias[gate]);
                step.gates.unsafe_set(i, gate, candidate);
                double update = time < lengths[i] ? step.gates.unsafe_get(i, UNITS + k) : 1;
                after.unsafe_set(i, k, update * step.before.unsafe_get(i, k) + (1 - update) * candidate);
            }
        }
    }

    @Override
    public void backward(DMatrixRMaj inputGradient, int column, double[] gradient) {
        DMatrixRMaj state = CommonOps_DDRM.extract(inputGradient, 0, lengths.length, column, column + UNITS);
        for (int time = longest - 1; time >= 0; time--) {
            backward(steps.get(time), state, time, gradient);
        }
    }

    /**
     * Turns the gradient of the state after a step into that of the state before it, and adds to the weights' gradient.
     */
    private void backward(Step step, DMatrixRMaj state, int time, double[] gradient) {
        DMatrixRMaj candidate = new DMatrixRMaj(lengths.length, UNITS);
        DMatrixRMaj gates = new DMatrixRMaj(lengths.length, 2 * UNITS);
        for (int i = 0; i < lengths.length; i++) {
            for (int k = 0; k < UNITS && time < lengths[i]; k++) {
                double z = step.gates.unsafe_get(i, UNITS + k);
                double c = step.gates.unsafe_get(i, 2 * UNITS + k);
                double slope = state.unsafe_get(i, k);
                candidate.unsafe_set(i, k, slope * (1 - z) * (1 - c * c));
                gates.unsafe_set(i, UNITS + k, slope * (step.before.unsafe_get(i, k) - c) * z * (1 - z));
                state.unsafe_set(i, k, slope * z);
            }
        }
        DMatrixRMaj reset = CommonOps_DDRM.mult(candidate, toReset, null);
        for (int i = 0; i < lengths.length; i++) {
            for (int k = 0; k < UNITS; k++) {
                double r = step.gates.unsafe_get(i, k);
                gates.unsafe_set(i, k, reset.unsafe_get(i, k) * step.before.unsafe_get(i, k) * r * (1 - r));
                state.unsafe_set(i, k, state.unsafe_get(i, k) + reset.unsafe_get(i, k) * r);
            }
        }
        CommonOps_DDRM.multAdd(gates, toState, state);
        addWeights(step, gates, candidate, gradient);
    }

    private void addWeights(Step step, DMatrixRMaj gates, DMatrixRMaj candidate, double[] gradient) {
        DMatrixRMaj all = CommonOps_DDRM.concatColumns(gates, candidate, null);
        addProduct(gradient, NetworkBlock.STEP_GATES, step.input, all);
        addProduct(gradient, NetworkBlock.STATE_GATES, step.before, gates);
        addProduct(gradient, NetworkBlock.STATE_CANDIDATE, step.reset, candidate);
        int offset = shape.offset(NetworkBlock.GATE_BIAS);
        for (int i = 0; i < lengths.length; i++) {
            for (int k = 0; k < GATES; k++) {
                gradient[offset + k] += all.unsafe_get(i, k);
            }
        }
    }

    private void addProduct(double[] gradient, NetworkBlock block, DMatrixRMaj inputs, DMatrixRMaj outputs) {
        FlatArrays.add(gradient, shape.offset(block), CommonOps_DDRM.multTransA(inputs, outputs, null));
    }
}
