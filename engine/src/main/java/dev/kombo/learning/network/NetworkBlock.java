package dev.kombo.learning.network;

/**
 * A block of the flat weights of a {@link NetworkShape}, in the order of the layout. Matrices are row-major, one row
 * per input. A block that a kind does not have is empty.
 */
public enum NetworkBlock {
    /** Weights of the linear part, one per signal. */
    WIDE,
    /** Intercept of the logit. The output layer has none, since the two could not be distinguished. */
    INTERCEPT,
    /** Convolution: three steps (previous, this, next) by step features, to channels. */
    KERNEL,
    /** Convolution: one bias per channel. */
    KERNEL_BIAS,
    /** Recurrent: step features, to the gates: reset, then update, then candidate, as wide as the state. */
    STEP_GATES,
    /** Recurrent: the previous state, to reset, then update. */
    STATE_GATES,
    /** Recurrent: the previous state, where it was not reset, to the candidate. */
    STATE_CANDIDATE,
    /** Recurrent: one bias per gate and unit. */
    GATE_BIAS,
    /** First dense layer: signals, then context, then the encoded sequence, to hidden units. */
    FIRST,
    /** First dense layer: one bias per hidden unit. */
    FIRST_BIAS,
    /** Second dense layer: hidden units to hidden units. */
    SECOND,
    /** Second dense layer: one bias per hidden unit. */
    SECOND_BIAS,
    /** Output: hidden units to the deep part of the logit. */
    OUTPUT;

    /** Whether the weights are regularised towards 0: those of the deep part are, biases are not. */
    boolean shrinks() {
        return switch (this) {
            case KERNEL, STEP_GATES, STATE_GATES, STATE_CANDIDATE, FIRST, SECOND, OUTPUT -> true;
            case WIDE, INTERCEPT, KERNEL_BIAS, GATE_BIAS, FIRST_BIAS, SECOND_BIAS -> false;
        };
    }
}
