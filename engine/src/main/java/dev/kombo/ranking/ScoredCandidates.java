package dev.kombo.ranking;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.ranking.slate.SlateRanker;

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
}
