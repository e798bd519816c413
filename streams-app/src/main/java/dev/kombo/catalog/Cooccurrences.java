package dev.kombo.catalog;

import java.util.Arrays;

/**
 * Targets touched by the same shoppers as one target, and earlier: each pair is counted once, at the later of the two.
 *
 * @param targets {@link StableHash hashes} of the other targets, in any order; not copied, never written
 * @param weights decayed weight of the shoppers who touched both, of each of them; not copied, never written
 * @param mass decayed weight of all who touched the target itself, on the same scale
 */
public record Cooccurrences(long[] targets, float[] weights, float mass) {
    /** Nothing known. */
    public static final Cooccurrences NONE = new Cooccurrences(new long[0], new float[0], 0f);

    /** Refuses lists of unequal length. */
    public Cooccurrences {
        if (targets.length != weights.length) {
            throw new IllegalArgumentException(targets.length + " targets with " + weights.length + " weights");
        }
    }

    /** Whether the other says the same: a target is published for other reasons as well. */
    boolean sameAs(Cooccurrences other) {
        return mass == other.mass && Arrays.equals(targets, other.targets) && Arrays.equals(weights, other.weights);
    }

    /** Number of other targets. */
    public int size() {
        return targets.length;
    }
}
