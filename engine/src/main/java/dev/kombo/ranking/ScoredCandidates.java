package dev.kombo.ranking;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.math.FactorMath;
import dev.kombo.ranking.slate.SlateRanker;
import java.util.Arrays;

/** The scored candidates of one request; valid until the ranker's next request. */
public interface ScoredCandidates {
    /** Number of candidates. */
    int size();

    /** Index of the bundle with a hash, {@link BundleEntry#hash}, or -1. */
    int indexOf(long entityHash);

    /** Candidate {@code index}. */
    BundleEntry bundle(int index);

    /** Its score, a logit; lowered for a candidate that a deep ranker did not rescore: see {@link SlateRanker}. */
    float score(int index);

    /** Its signal, in its own unit. */
    float value(Signal signal, int index);

    /** Its standardised signals, in a new array in the order of {@link Signal}: the trainer's input. */
    float[] standardized(int index);

    /**
     * Standardised signals, one row per signal with a component per candidate; longer than needed, and not to be
     * written.
     */
    float[][] rows();

    /**
     * Sums the weighted standardised signals.
     *
     * @param weights one per signal; the rest is ignored
     * @param into gets one sum per candidate
     */
    default void combine(float[] weights, float intercept, float[] into) {
        Arrays.fill(into, 0, size(), intercept);
        float[][] rows = rows();
        for (int s = 0; s < rows.length; s++) {
            if (weights[s] != 0) {
                FactorMath.addScaled(into, weights[s], rows[s], size());
            }
        }
    }
}
