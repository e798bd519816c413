package dev.kombo.learning.network;

import dev.kombo.math.FactorMath;
import dev.kombo.math.StableHash;
import dev.kombo.settings.Range;

/**
 * Shape of a ranker network and the layout of its weights in one flat array.
 *
 * <p>The logit of a candidate is {@code wide . signals + intercept}, plus, for a deep kind, the output of two dense
 * layers with ReLU over signals, context and the encoded sequence of recent interactions. The deep part starts at 0, so
 * on day one the logit is the linear prior. The layout is the blocks of {@link NetworkBlock}, one after the other; the
 * linear part comes first, in the same order in every kind.
 *
 * @param kind which parts it has
 * @param signals standardised signals of a candidate, 1 to 1000
 * @param context inputs that all candidates of one request share, 0 to 1000; a linear network does not use them
 * @param hidden units of each dense layer, 1 to 1024
 * @param steps longest sequence of recent interactions, 1 to 256; only a sequential kind uses it
 * @param stepFeatures features of one interaction against the candidate, 1 to 64
 */
public record NetworkShape(Architecture kind, int signals, int context, int hidden, int steps, int stepFeatures) {
    /** Steps that a convolution sees at once. */
    static final int KERNEL = 3;

    /** Channels of the convolution. */
    static final int CHANNELS = 16;

    /** Units of the recurrent state. */
    static final int UNITS = 16;

    /** Gates of the recurrent unit: reset, update, candidate. */
    static final int GATES = 3 * UNITS;

    /**
     * Bound of a signal as input of the dense layers: they see too few larger values to be tested there; only the
     * linear part uses these in full.
     */
    private static final float LARGEST_INPUT = 3f;

    private static final int MOST_SIGNALS = 1000;
    private static final int MOST_CONTEXT = 1000;
    private static final int MOST_HIDDEN = 1024;
    private static final int MOST_STEPS = 256;
    private static final int MOST_STEP_FEATURES = 64;

    /** First weights are drawn with a variance of 2 per input, uniformly: between the roots of 6 per input. */
    private static final double DRAWN_SQUARE = 6.0;

    private static final NetworkBlock[] LAYOUT = NetworkBlock.values();

    /** Validates the ranges. */
    public NetworkShape {
        Range.require("signals", signals, 1, MOST_SIGNALS);
        Range.require("context", context, 0, MOST_CONTEXT);
        Range.require("hidden", hidden, 1, MOST_HIDDEN);
        Range.require("steps", steps, 1, MOST_STEPS);
        Range.require("stepFeatures", stepFeatures, 1, MOST_STEP_FEATURES);
    }

    /** A signal as the dense layers see it. */
    static float bounded(float input) {
        return Math.max(-LARGEST_INPUT, Math.min(LARGEST_INPUT, input));
    }

    /** Total number of weights. */
    public int weights() {
        return offset(NetworkBlock.OUTPUT) + length(NetworkBlock.OUTPUT);
    }

    /** Index of the first weight of a block. */
    public int offset(NetworkBlock block) {
        int offset = 0;
        for (NetworkBlock earlier : LAYOUT) {
            if (earlier == block) {
                break;
            }
            offset += length(earlier);
        }
        return offset;
    }

    /** Number of weights in a block; 0 where the kind does not have it. */
    public int length(NetworkBlock block) {
        boolean deep = kind.deep();
        boolean convolution = kind == Architecture.CONVOLUTION;
        boolean recurrent = kind == Architecture.RECURRENT;
        return switch (block) {
            case WIDE -> signals;
            case INTERCEPT -> 1;
            case KERNEL -> convolution ? KERNEL * stepFeatures * CHANNELS : 0;
            case KERNEL_BIAS -> convolution ? CHANNELS : 0;
            case STEP_GATES -> recurrent ? stepFeatures * GATES : 0;
            case STATE_GATES -> recurrent ? UNITS * 2 * UNITS : 0;
            case STATE_CANDIDATE -> recurrent ? UNITS * UNITS : 0;
            case GATE_BIAS -> recurrent ? GATES : 0;
            case FIRST -> deep ? inputs() * hidden : 0;
            case SECOND -> deep ? hidden * hidden : 0;
            case FIRST_BIAS, SECOND_BIAS, OUTPUT -> deep ? hidden : 0;
        };
    }

    /** Length of the encoded sequence: the maximum and the mean of each channel, or the last recurrent state. */
    int encoded() {
        return switch (kind) {
            case LINEAR, DENSE -> 0;
            case CONVOLUTION -> 2 * CHANNELS;
            case RECURRENT -> UNITS;
        };
    }

    /** Inputs of the first dense layer: signals, context, encoded sequence. */
    int inputs() {
        return signals + (kind.deep() ? context : 0) + encoded();
    }

    /**
     * The starting weights of a network. The linear part is the prior; the layers behind a ReLU are uniform with
     * variance 2 / inputs (He et al.: Delving Deep into Rectifiers, 2015), the gates uniform in +-1 / sqrt({@value
     * #UNITS}); biases and the output layer are 0.
     *
     * @param prior one per signal, then the intercept; copied
     * @param seed the same seed gives the same weights everywhere
     */
    public float[] start(float[] prior, long seed) {
        requirePrior(prior);
        float[] weights = new float[weights()];
        System.arraycopy(prior, 0, weights, 0, prior.length);
        draw(weights, NetworkBlock.KERNEL, Math.sqrt(DRAWN_SQUARE / (KERNEL * stepFeatures)), seed);
        draw(weights, NetworkBlock.STEP_GATES, 1 / Math.sqrt(UNITS), seed);
        draw(weights, NetworkBlock.STATE_GATES, 1 / Math.sqrt(UNITS), seed);
        draw(weights, NetworkBlock.STATE_CANDIDATE, 1 / Math.sqrt(UNITS), seed);
        draw(weights, NetworkBlock.FIRST, Math.sqrt(DRAWN_SQUARE / inputs()), seed);
        draw(weights, NetworkBlock.SECOND, Math.sqrt(DRAWN_SQUARE / hidden), seed);
        return weights;
    }

    /**
     * Returns the weights of a network over other signals, as weights of this shape, which is otherwise the same.
     *
     * @param weights in the layout of {@code from}
     * @param from the other shape
     * @param places for each signal of this shape its place in the other, or -1
     * @param missing weights of the linear part for signals that the other does not have; those in the dense layers are
     *     0
     */
    public float[] adapted(float[] weights, NetworkShape from, int[] places, float[] missing) {
        from.requireWeights(weights);
        float[] adapted = new float[weights()];
        for (NetworkBlock block : LAYOUT) {
            int shift = from.offset(block);
            if (block != NetworkBlock.WIDE && block != NetworkBlock.FIRST) {
                System.arraycopy(weights, shift, adapted, offset(block), length(block));
            }
        }
        int first = offset(NetworkBlock.FIRST);
        int other = from.offset(NetworkBlock.FIRST);
        for (int s = 0; s < signals; s++) {
            adapted[s] = places[s] < 0 ? missing[s] : weights[places[s]];
            if (kind.deep() && places[s] >= 0) {
                System.arraycopy(weights, other + places[s] * hidden, adapted, first + s * hidden, hidden);
            }
        }
        if (kind.deep()) {
            int rest = (inputs() - signals) * hidden;
            System.arraycopy(weights, other + from.signals * hidden, adapted, first + signals * hidden, rest);
        }
        return adapted;
    }

    /** The same shape over another number of signals. */
    public NetworkShape withSignals(int number) {
        return new NetworkShape(kind, number, context, hidden, steps, stepFeatures);
    }

    void requirePrior(float[] prior) {
        if (prior.length != signals + 1 || !FactorMath.allFinite(prior)) {
            throw new IllegalArgumentException(
                    "prior must hold " + signals + " weights and an intercept, and be finite; has " + prior.length);
        }
    }

    void requireWeights(float[] weights) {
        if (weights.length != weights()) {
            throw new IllegalArgumentException(weights.length + " weights for a network of " + weights());
        }
    }

    private void draw(float[] weights, NetworkBlock block, double bound, long seed) {
        long name = StableHash.of(block.name(), seed);
        int offset = offset(block);
        for (int i = 0; i < length(block); i++) {
            weights[offset + i] = (float) ((2 * StableHash.unit(StableHash.combine(name, i)) - 1) * bound);
        }
    }

    /** The kinds of ranker networks, by what they add to the linear part. */
    public enum Architecture {
        /** Nothing: logistic regression over the signals. */
        LINEAR,

        /** Two dense layers over signals and context: wide and deep (Cheng et al.: Wide and Deep Learning, 2016). */
        DENSE,

        /** Dense layers that also use the recent interactions through a convolution over time, pooled. */
        CONVOLUTION,

        /** Dense layers that also use the recent interactions through a gated recurrent unit (Cho et al. 2014). */
        RECURRENT;

        /** Whether it has dense layers, which also use the context. */
        public boolean deep() {
            return this != LINEAR;
        }

        /** Whether it uses the sequence of recent interactions. */
        public boolean sequential() {
            return this == CONVOLUTION || this == RECURRENT;
        }
    }
}
