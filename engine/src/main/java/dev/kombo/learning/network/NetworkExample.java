package dev.kombo.learning.network;

/**
 * A training example of a {@link NetworkTrainer}: one candidate with its inputs and label. Arrays are kept, not copied,
 * and only read.
 *
 * @param signals standardised signals
 * @param context inputs that all candidates of the request share
 * @param sequence recent interactions against this candidate, oldest first, each as its features one after the other;
 *     empty where there are none or the network takes none
 * @param label in [0, 1]: 1 wanted, 0 not
 * @param weight how much the example counts, at least 0
 */
public record NetworkExample(float[] signals, float[] context, float[] sequence, float label, float weight) {
    /** Largest size of an input: standardised values are a few units, so a larger one is an error of its source. */
    static final float LARGEST = 1e6f;

    /** Creates an example without a sequence. */
    public static NetworkExample of(float[] signals, float[] context, float label, float weight) {
        return new NetworkExample(signals, context, new float[0], label, weight);
    }

    /** Whether every number is finite and in its range. */
    public boolean valid() {
        return label >= 0
                && label <= 1
                && weight >= 0
                && weight <= LARGEST
                && bounded(signals)
                && bounded(context)
                && bounded(sequence);
    }

    private static boolean bounded(float[] values) {
        for (float value : values) {
            if (!(Math.abs(value) <= LARGEST)) {
                return false;
            }
        }
        return true;
    }
}
