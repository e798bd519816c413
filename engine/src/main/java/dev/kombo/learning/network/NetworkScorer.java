package dev.kombo.learning.network;

import dev.kombo.math.FactorMath;
import java.util.Arrays;

/**
 * Scores the candidates of one request by the network's forward pass, without allocation. What the candidates share is
 * computed once. The dense layers run candidate by candidate and skip inputs that are 0, see {@link ActiveInputs}:
 * signals that do not vary, and about half of the units behind a ReLU. Equal to {@link NetworkReference} except for
 * float rounding. Not thread-safe, since it holds buffers: one instance per thread.
 */
public final class NetworkScorer {
    private final NetworkShape shape;
    private final int candidates;
    private final int firstWeights;
    private final int firstBiases;
    private final int secondWeights;
    private final int secondBiases;
    private final int outputWeights;
    private final float[][] firstRows;
    private final float[][] secondRows;
    private final float[] shared;
    private final float[] secondBias;
    private final float[] output;
    private final float[] units;
    private final ActiveInputs active;
    private final RowsEncoder encoder;
    private float[] loaded = {};

    /**
     * Creates a scorer.
     *
     * @param candidates most candidates of a request
     */
    public NetworkScorer(NetworkShape shape, int candidates) {
        this.shape = shape;
        this.candidates = candidates;
        this.firstWeights = shape.offset(NetworkBlock.FIRST);
        this.firstBiases = shape.offset(NetworkBlock.FIRST_BIAS);
        this.secondWeights = shape.offset(NetworkBlock.SECOND);
        this.secondBiases = shape.offset(NetworkBlock.SECOND_BIAS);
        this.outputWeights = shape.offset(NetworkBlock.OUTPUT);
        int hidden = shape.kind().deep() ? shape.hidden() : 0;
        this.firstRows = new float[hidden == 0 ? 0 : shape.inputs()][hidden];
        this.secondRows = new float[hidden][hidden];
        this.shared = new float[hidden];
        this.secondBias = new float[hidden];
        this.output = new float[hidden];
        this.units = new float[hidden];
        this.active = new ActiveInputs(Math.max(shape.inputs(), hidden));
        this.encoder = RowsEncoder.of(shape, candidates);
    }

    /**
     * Scores candidates.
     *
     * @param weights of the shape, in its layout; only read
     * @param signals one row per signal, each with a component per candidate
     * @param context inputs that the candidates share; a linear network ignores them
     * @param sequence recent interactions; a network that is not sequential ignores them
     * @param count candidates: the components of each row that are used
     * @param logits receives the logits of the candidates
     */
    public void score(
            float[] weights, float[][] signals, float[] context, SequenceRows sequence, int count, float[] logits) {
        require(weights, signals, context, sequence, count);
        Arrays.fill(logits, 0, count, weights[shape.signals()]);
        for (int i = 0; i < shape.signals(); i++) {
            FactorMath.addScaled(logits, weights[i], signals[i], count);
        }
        if (shape.kind().deep()) {
            addDeep(weights, signals, context, encoder.encode(weights, sequence, count), count, logits);
        }
    }

    private void addDeep(
            float[] weights, float[][] signals, float[] context, float[][] encoded, int count, float[] logits) {
        load(weights, context);
        int contextEnd = shape.signals() + shape.context();
        for (int c = 0; c < count; c++) {
            active.clear();
            for (int i = 0; i < signals.length; i++) {
                active.add(NetworkShape.bounded(signals[i][c]), i);
            }
            for (int i = 0; i < encoded.length; i++) {
                active.add(encoded[i][c], contextEnd + i);
            }
            active.sum(firstRows, shared, units);
            active.clear();
            for (int unit = 0; unit < units.length; unit++) {
                active.add(Math.max(0f, units[unit]), unit);
            }
            active.sum(secondRows, secondBias, units);
            logits[c] += rectifiedDot(units, output);
        }
    }

    /** Computes what the candidates share. Weights are never written, so the same array holds the same weights. */
    private void load(float[] weights, float[] context) {
        if (weights != loaded) {
            loadRows(weights);
            loaded = weights;
        }
        int hidden = units.length;
        System.arraycopy(weights, firstBiases, shared, 0, hidden);
        for (int i = 0; i < shape.context(); i++) {
            FactorMath.addScaled(shared, context[i], firstRows[shape.signals() + i], hidden);
        }
    }

    private void loadRows(float[] weights) {
        int hidden = units.length;
        for (int i = 0; i < firstRows.length; i++) {
            System.arraycopy(weights, firstWeights + i * hidden, firstRows[i], 0, hidden);
        }
        for (int i = 0; i < hidden; i++) {
            System.arraycopy(weights, secondWeights + i * hidden, secondRows[i], 0, hidden);
        }
        System.arraycopy(weights, secondBiases, secondBias, 0, hidden);
        System.arraycopy(weights, outputWeights, output, 0, hidden);
    }

    /** Uses four independent sums, because the JIT compiler may not reorder additions. */
    @SuppressWarnings("MagicNumber") // Four at a time.
    private static float rectifiedDot(float[] units, float[] weights) {
        int quads = units.length & ~3;
        float sum0 = 0;
        float sum1 = 0;
        float sum2 = 0;
        float sum3 = 0;
        for (int k = 0; k < quads; k += 4) {
            sum0 += weights[k] * Math.max(0f, units[k]);
            sum1 += weights[k + 1] * Math.max(0f, units[k + 1]);
            sum2 += weights[k + 2] * Math.max(0f, units[k + 2]);
            sum3 += weights[k + 3] * Math.max(0f, units[k + 3]);
        }
        for (int k = quads; k < units.length; k++) {
            sum0 += weights[k] * Math.max(0f, units[k]);
        }
        return (sum0 + sum1) + (sum2 + sum3);
    }

    private void require(float[] weights, float[][] signals, float[] context, SequenceRows sequence, int count) {
        shape.requireWeights(weights);
        boolean contextFits = !shape.kind().deep() || context.length == shape.context();
        boolean sequenceFits = !shape.kind().sequential()
                || (sequence.length() <= shape.steps()
                        && sequence.rows().length >= sequence.length() * shape.stepFeatures());
        if (count > candidates || signals.length != shape.signals() || !contextFits || !sequenceFits) {
            throw new IllegalArgumentException(count + " candidates of " + signals.length + " signals, "
                    + context.length + " of context and " + sequence.length() + " steps do not fit the network");
        }
    }

    /**
     * Collects the non-zero inputs of a dense layer for one candidate and sums them with their weights. The sum is a
     * few loops over rows of one length with one shared index, which the JIT compiler turns into vector instructions;
     * four rows per pass, so that an output is read and written a quarter as often (with eight, the loop is too large
     * for the compiler). Not thread-safe, since buffers are reused.
     */
    private static final class ActiveInputs {
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
         * Adds an input if it is not 0. The write comes before the check, because a branch would be mispredicted on
         * half of all inputs.
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
        @SuppressWarnings("MagicNumber") // Four at a time.
        void sum(float[][] rows, float[] bias, float[] outputs) {
            System.arraycopy(bias, 0, outputs, 0, outputs.length);
            int i = 0;
            for (; i + 4 <= size; i += 4) {
                addFour(i, rows, outputs);
            }
            for (; i < size; i++) {
                FactorMath.addScaled(outputs, values[i], rows[inputs[i]], outputs.length);
            }
        }

        @SuppressWarnings("MagicNumber") // Four at a time.
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
}
