package dev.kombo.research.evaluation;

import com.fasterxml.jackson.annotation.JsonUnwrapped;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * The results of an evaluation on one data set, over all seeds. Methods and metrics are in the order of the first
 * seed's result.
 *
 * @param subject what was evaluated
 * @param methods method to metric to its spread over the seeds
 * @param gains method to metric to the engine's lead over the method: means over the seeds, whose questions are the
 *     same
 * @param facts facts about the data that a reader needs, by name
 * @param notes sentences that a reader needs to understand the figures
 */
public record Evaluation(
        @JsonUnwrapped Subject subject,
        Map<String, Map<String, Spread>> methods,
        Map<String, Map<String, SeedResult.Gain>> gains,
        Map<String, String> facts,
        List<String> notes) {

    /**
     * Combines the results of the seeds.
     *
     * @param results one per seed, in the order of the subject's seeds
     * @throws IllegalArgumentException if a method or metric of one seed is missing from another
     */
    public static Evaluation of(Subject subject, List<SeedResult> results, List<String> notes) {
        if (results.isEmpty() || results.size() != subject.seeds().size()) {
            throw new IllegalArgumentException(
                    results.size() + " results of " + subject.seeds().size() + " seeds");
        }
        Map<String, Map<String, Spread>> methods =
                joined(results, SeedResult::metrics, metrics -> joined(metrics, Function.identity(), Spread::of));
        Map<String, Map<String, SeedResult.Gain>> gains =
                joined(results, SeedResult::gains, values -> joined(values, Function.identity(), Evaluation::mean));
        // A fact that is the same for all seeds, or all its values.
        Map<String, String> facts =
                joined(results, SeedResult::facts, values -> String.join(" / ", new LinkedHashSet<>(values)));
        return new Evaluation(subject, methods, gains, facts, List.copyOf(notes));
    }

    private static SeedResult.Gain mean(List<SeedResult.Gain> gains) {
        return new SeedResult.Gain(
                gains.stream().mapToDouble(SeedResult.Gain::mean).average().orElseThrow(),
                gains.stream()
                        .mapToDouble(SeedResult.Gain::standardError)
                        .average()
                        .orElseThrow());
    }

    /** Combines the values under each key of maps that have the same keys. */
    private static <S, V, R> Map<String, R> joined(
            List<S> sources, Function<S, Map<String, V>> mapOf, Function<List<V>, R> join) {
        Set<String> keys = mapOf.apply(sources.get(0)).keySet();
        Map<String, R> joined = new LinkedHashMap<>();
        for (S source : sources) {
            if (!mapOf.apply(source).keySet().equals(keys)) {
                throw new IllegalArgumentException("the seeds' results differ: " + keys + " of one, "
                        + mapOf.apply(source).keySet() + " of another");
            }
        }
        for (String key : keys) {
            List<V> values = new ArrayList<>();
            sources.forEach(source -> values.add(mapOf.apply(source).get(key)));
            joined.put(key, join.apply(values));
        }
        return Collections.unmodifiableMap(joined);
    }

    /**
     * What was evaluated.
     *
     * @param dataset name of the data set
     * @param part name of the part that was predicted
     * @param seeds seeds of the runs, in order
     * @param settings given service settings, by full name
     * @param command command line that asked for the evaluation, and repeats it
     */
    public record Subject(
            String dataset, String part, List<Long> seeds, Map<String, String> settings, String command) {}
}
