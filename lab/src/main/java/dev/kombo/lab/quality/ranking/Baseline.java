package dev.kombo.lab.quality.ranking;

import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;

/** A simple method to compare with, which scores each candidate; higher scores rank first. */
@FunctionalInterface
public interface Baseline {
    /** Small enough to decide only ties. */
    double TIE = 1e-6;

    /** Scores a candidate. */
    double score(ScoredCandidates scored, int candidate);

    /** Ranks by one signal, as measured. */
    static Baseline of(Signal signal) {
        return (scored, candidate) -> scored.value(signal, candidate);
    }

    /** Returns this baseline with ties broken by another one, whose scores are below a million. */
    default Baseline thenBy(Baseline ties) {
        return (scored, candidate) -> score(scored, candidate) + TIE * ties.score(scored, candidate);
    }
}
