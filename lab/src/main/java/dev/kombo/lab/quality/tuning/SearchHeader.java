package dev.kombo.lab.quality.tuning;

import java.util.Map;

/**
 * What a search is: two searches may share a journal only where all of it is equal.
 *
 * @param dataset name of the data set
 * @param metric what is maximised
 * @param space parameters and their ranges
 * @param fixed settings that every trial has
 * @param seed of the draws, and of the first run of each trial
 */
public record SearchHeader(String dataset, String metric, String space, Map<String, String> fixed, long seed) {
    /** Copies the map. */
    public SearchHeader {
        fixed = Map.copyOf(fixed);
    }
}
