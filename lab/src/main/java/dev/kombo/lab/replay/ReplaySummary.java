package dev.kombo.lab.replay;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * What a replay came to, for machines.
 *
 * @param account what became of the rows
 * @param bundles bundles put into the catalogue
 * @param offers slates offered
 * @param outcomes records of outcomes, one per event and experiment
 * @param seconds time that the replay took
 */
public record ReplaySummary(
        @JsonUnwrapped ReplayAccount account, long bundles, long offers, long outcomes, double seconds) {}
