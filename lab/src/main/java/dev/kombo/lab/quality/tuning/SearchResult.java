package dev.kombo.lab.quality.tuning;

import java.util.List;

/**
 * What a search came to.
 *
 * @param standings configurations with a successful trial, best first
 * @param trials trials finished, those of the journal included
 * @param failures those that failed
 * @param firstError why the first of these failed; null where none did
 */
public record SearchResult(List<Standing> standings, int trials, int failures, String firstError) {
    /** Copies the list. */
    public SearchResult {
        standings = List.copyOf(standings);
    }
}
