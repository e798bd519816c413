package dev.kombo.shop.replay;

import com.fasterxml.jackson.annotation.JsonUnwrapped;

/**
 * The result of a replay, as it is written to JSON.
 *
 * @param account counts of the rows
 * @param bundles number of bundles put into the catalogue
 * @param offers slates offered
 * @param outcomes records of outcomes, one per event and experiment
 * @param seconds duration of the replay
 */
public record ReplaySummary(
        @JsonUnwrapped ReplayAccount account, long bundles, long offers, long outcomes, double seconds) {}
