package dev.kombo.learning.network;

/**
 * Part of the flat weights of a {@link NetworkShape}, in the order of the layout. Matrices are row-major, one row an
 * input. A block that a kind does not have is empty.
 */
public enum NetworkBlock {
    /** Weights of the linear part, one a signal. */
    WIDE,
    /** Intercept of the logit. The output layer has none of its own: the two could not be told apart. */
    INTERCEPT,
    /** Convolution: three steps (earlier, this, later) by step features, to channels. */
    KERNEL,
    /** Convolution: one a channel. */
    KERNEL_BIAS,
    /** Recurrent: step features, to the gates: reset, then update, then candidate, as wide as the state. */
    STEP_GATES,
    /** Recurrent: the state before, to reset, then update. */
    STATE_GATES,
    /** Recurrent: the state before, where it was not reset, to the candidate. */
    STATE_CANDIDATE,
    /** Recurrent: one a gate and unit. */
    GATE_BIAS,
    /** First dense layer: signals, then context, then the encoded sequence, to hidden units. */
    FIRST,
    /** First dense layer: one a hidden unit. */
    FIRST_BIAS,
    /** Second dense layer: hidden units to hidden units. */
    SECOND,
    /** Second dense layer: one a hidden unit. */
    SECOND_BIAS,
    /** Output: hidden units to the deep part of the logit. */
    OUTPUT;

    /** Whether the weights are drawn towards 0: those of the deep part are, biases are not. */
    boolean shrinks() {
        return switch (this) {
            case KERNEL, STEP_GATES, STATE_GATES, STATE_CANDIDATE, FIRST, SECOND, OUTPUT -> true;
            case WIDE, INTERCEPT, KERNEL_BIAS, GATE_BIAS, FIRST_BIAS, SECOND_BIAS -> false;
        };
    }
}
