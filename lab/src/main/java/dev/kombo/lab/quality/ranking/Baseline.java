package dev.kombo.lab.quality.ranking;

import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;

/** A simple method to compare with: a score of each candidate, higher first. */
@FunctionalInterface
public interface Baseline {
    /** Small enough to decide among equals only. */
    double TIE = 1e-6;

    /** Scores a candidate. */
    double score(ScoredCandidates scored, int candidate);

    /** One signal alone, as measured. */
    static Baseline of(Signal signal) {
        return (scored, candidate) -> scored.value(signal, candidate);
    }

    /** The same with equals ordered by another baseline, whose scores are below a million. */
    default Baseline thenBy(Baseline ties) {
        return (scored, candidate) -> score(scored, candidate) + TIE * ties.score(scored, candidate);
    }
}
