package dev.kombo.lab.quality.protocol;

import dev.kombo.lab.quality.data.PredictedPart;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * The options of an evaluation.
 *
 * @param dir folder of the data set
 * @param part part to predict
 * @param testFile file to predict instead of the part's own; null: none was named
 * @param methods methods to run, in the order of display; each is one that the protocol names
 * @param settings given service settings, by full name; the others have their defaults
 * @param share share of the stream to learn from, from its beginning, in (0, 1]; below 1 only if the protocol supports
 *     it
 * @param from events before this time are only learned from; null: the protocol's default
 * @param until events from this time on are left out; null: none
 * @param shuffleLines whether the lines of each order are shuffled; only if the protocol supports it
 */
public record EvaluationOptions(
        Path dir,
        PredictedPart part,
        Path testFile,
        List<String> methods,
        Map<String, String> settings,
        double share,
        Instant from,
        Instant until,
        boolean shuffleLines) {
    /** Options for the whole stream, with the protocol's own start. */
    public EvaluationOptions(
            Path dir, PredictedPart part, Path testFile, List<String> methods, Map<String, String> settings) {
        this(dir, part, testFile, methods, settings, 1, null, null, false);
    }

    public EvaluationOptions {
        methods = List.copyOf(methods);
        settings = Map.copyOf(settings);
    }
}
