package dev.kombo.lab.quality.report;

import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What was evaluated.
 *
 * @param dataset name of the data set
 * @param part name of the part that was predicted
 * @param seeds seeds of the runs, in order
 * @param settings service settings that were given, by full name
 * @param command command line that does it again, with DIR for the data's folder
 */
public record Subject(String dataset, String part, List<Long> seeds, Map<String, String> settings, String command) {
    /** Copies the collections. */
    public Subject {
        seeds = List.copyOf(seeds);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
