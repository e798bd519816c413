package dev.kombo.lab.quality.tuning;

import java.util.Map;

/**
 * A trial that was made.
 *
 * @param key what was tried
 * @param score the objective; null where the trial failed
 * @param error why it failed; null where it did not
 * @param seconds time that it took
 */
record TrialResult(Key key, Double score, String error, double seconds) {
    /**
     * What tells trials apart.
     *
     * @param settings what differs from the defaults
     * @param share of the stream, above 0 and at most 1
     */
    record Key(Map<String, String> settings, double share, long seed) {}
}
