package dev.kombo.ranking;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.ranking.slate.SlateRanker;

/** What was scored for one request; valid until the ranker is asked again. */
public interface ScoredCandidates {
    /** Number of candidates. */
    int size();

    /** Index of the bundle whose target has a hash, {@link BundleEntry#hash}, or -1. */
    int indexOf(long targetHash);

    /** Candidate {@code index}. */
    BundleEntry bundle(int index);

    /** Its score, a logit; of one that a deep ranker did not look at closely, lowered: see {@link SlateRanker}. */
    float score(int index);

    /** Its signal as measured. */
    float value(Signal signal, int index);

    /** Its standardised signals, as a new array in the order of {@link Signal}: what the trainer learns from. */
    float[] standardized(int index);

    /** Standardised signals, one row a signal with a component a candidate; longer than needed, and not to be written. */
    float[][] rows();
}
