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
 * @param offset logarithm of how many times rarer such candidates are drawn at random than they were drawn, at most 0.
 *     It is added to the logit of a candidate whose kind was drawn more often, so that the network itself learns the
 *     odds among candidates drawn at random (case-control sampling by strata: Scott and Wild, JRSS B 48, 1986)
 */
public record NetworkExample(
        float[] signals, float[] context, float[] sequence, float label, float weight, float offset) {
    /** Largest size of an input: standardised values are a few units, so a larger one is an error of its source. */
    static final float LARGEST = 1e6f;

    /** Whether every number is finite and in its range. */
    public boolean valid() {
        return label >= 0
                && label <= 1
                && weight >= 0
                && weight <= LARGEST
                && offset <= 0
                && offset >= -LARGEST
                && bounded(signals)
                && bounded(context)
                && bounded(sequence);
    }

    /** Its weight among candidates drawn at random: what was not wanted and drawn more often counts for less. */
    public double randomWeight() {
        return randomWeight(label, weight, offset);
    }

    static double randomWeight(float label, float weight, float offset) {
        return label > 0 ? weight : weight * Math.exp(offset);
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
