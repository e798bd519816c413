package dev.kombo.learning;

import java.util.Arrays;

/**
 * The forward pass over the candidates of one request, free of allocation: one array a unit with a component a
 * candidate, see {@link Rows}. What the candidates share is computed once. Equal to {@link NetworkReference} but for
 * float rounding. Holds buffers: one a thread.
 */
public final class NetworkScorer {
    private final NetworkShape shape;
    private final int candidates;
    private final int firstWeights;
    private final int firstBias;
    private final int secondWeights;
    private final int secondBias;
    private final int outputWeights;
    private final float[][] first;
    private final float[][] second;
    private final RowsEncoder encoder;

    /**
     * A scorer.
     *
     * @param candidates most candidates of a request
     */
    public NetworkScorer(NetworkShape shape, int candidates) {
        this.shape = shape;
        this.candidates = candidates;
        this.firstWeights = shape.offset(NetworkBlock.FIRST);
        this.firstBias = shape.offset(NetworkBlock.FIRST_BIAS);
        this.secondWeights = shape.offset(NetworkBlock.SECOND);
        this.secondBias = shape.offset(NetworkBlock.SECOND_BIAS);
        this.outputWeights = shape.offset(NetworkBlock.OUTPUT);
        int hidden = shape.kind().deep() ? shape.hidden() : 0;
        this.first = new float[hidden][candidates];
        this.second = new float[hidden][candidates];
        this.encoder = RowsEncoder.of(shape, candidates);
    }

    /**
     * Scores candidates.
     *
     * @param weights of the shape, in its layout; only read
     * @param signals one row a signal, each with a component a candidate
     * @param context inputs that the candidates share; a linear network does not look at them
     * @param sequence recent interactions; a network that is not sequential does not look at them
     * @param count candidates: the components of each row that are used
     * @param logits receives the logits of the candidates
     */
    public void score(
            float[] weights, float[][] signals, float[] context, SequenceRows sequence, int count, float[] logits) {
        require(weights, signals, context, sequence, count);
        Arrays.fill(logits, 0, count, weights[shape.signals()]);
        for (int i = 0; i < shape.signals(); i++) {
            Rows.addScaled(logits, weights[i], signals[i], count);
        }
        if (shape.kind().deep()) {
            float[][] encoded = encoder.encode(weights, sequence, count);
            addDeep(weights, signals, context, encoded, count);
            for (int unit = 0; unit < second.length; unit++) {
                Rows.addScaled(logits, weights[outputWeights + unit], second[unit], count);
            }
        }
    }

    private void addDeep(float[] weights, float[][] signals, float[] context, float[][] encoded, int count) {
        int hidden = first.length;
        int contextWeights = firstWeights + shape.signals() * hidden;
        int encodedWeights = contextWeights + shape.context() * hidden;
        for (int unit = 0; unit < hidden; unit++) {
            float shared = weights[firstBias + unit];
            for (int i = 0; i < shape.context(); i++) {
                shared += weights[contextWeights + i * hidden + unit] * context[i];
            }
            Arrays.fill(first[unit], 0, count, shared);
            Arrays.fill(second[unit], 0, count, weights[secondBias + unit]);
        }
        Rows.addLayer(signals, 0, shape.signals(), weights, firstWeights, first, count);
        Rows.addLayer(encoded, 0, encoded.length, weights, encodedWeights, first, count);
        rectify(first, count);
        Rows.addLayer(first, 0, hidden, weights, secondWeights, second, count);
        rectify(second, count);
    }

    private static void rectify(float[][] rows, int count) {
        for (float[] row : rows) {
            Rows.rectify(row, count);
        }
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
}
