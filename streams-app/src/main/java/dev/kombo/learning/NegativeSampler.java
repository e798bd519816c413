package dev.kombo.learning;

import dev.kombo.catalog.StableHash;

/**
 * Draws targets that a shopper did not choose, uniformly: the ranker's own top list as negatives was measured to be
 * worse than no learning at all. The same event always draws the same targets from a catalogue of the same size.
 */
public final class NegativeSampler {
    private static final int TRIES_PER_SAMPLE = 8;

    private NegativeSampler() {}

    /**
     * Draws distinct ordinals by rejection, with a bounded number of tries.
     *
     * @param eventHash hash of the event id under the seed
     * @param size number of targets: ordinals are in [0, size)
     * @param positives ordinals not to draw; entries outside [0, size) do no harm
     * @param wanted ordinals to draw, at most {@code out.length}
     * @param out receives the ordinals from index 0
     * @return how many were drawn: fewer than wanted only where nearly the whole catalogue is excluded
     */
    public static int sample(long eventHash, int size, int[] positives, int wanted, int[] out) {
        if (size <= 0) {
            return 0;
        }
        int drawn = 0;
        int tries = wanted * TRIES_PER_SAMPLE;
        for (int i = 0; i < tries && drawn < wanted; i++) {
            int ordinal = StableHash.below(StableHash.combine(eventHash, i), size);
            if (!contains(positives, positives.length, ordinal) && !contains(out, drawn, ordinal)) {
                out[drawn++] = ordinal;
            }
        }
        return drawn;
    }

    private static boolean contains(int[] values, int length, int value) {
        for (int i = 0; i < length; i++) {
            if (values[i] == value) {
                return true;
            }
        }
        return false;
    }
}
