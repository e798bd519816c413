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
 * @param settings given service settings, by full name
 * @param command command line that repeats the evaluation, with DIR for the data's folder
 */
public record Subject(String dataset, String part, List<Long> seeds, Map<String, String> settings, String command) {
    public Subject {
        seeds = List.copyOf(seeds);
        settings = Collections.unmodifiableMap(new LinkedHashMap<>(settings));
    }
}
