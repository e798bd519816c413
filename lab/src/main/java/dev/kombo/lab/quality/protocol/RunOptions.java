package dev.kombo.lab.quality.protocol;

import dev.kombo.lab.quality.data.Part;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation was asked for.
 *
 * @param dir folder of the data set
 * @param part part to predict
 * @param testFile file to predict instead of the part's own; null: none was named
 * @param methods methods to run, in the order in which they are shown; each is one that the protocol names
 * @param settings service settings that were given, by full name; the others have their defaults
 * @param share of the stream that is learned from, from its head on, in (0, 1]; below 1 only where the protocol takes it
 * @param from what happened before is learned from only; null: as the protocol says
 */
public record RunOptions(
        Path dir,
        Part part,
        Path testFile,
        List<String> methods,
        Map<String, String> settings,
        double share,
        Instant from) {
    /** All of the stream, as the protocol says. */
    public RunOptions(Path dir, Part part, Path testFile, List<String> methods, Map<String, String> settings) {
        this(dir, part, testFile, methods, settings, 1, null);
    }

    /** Copies the collections. */
    public RunOptions {
        methods = List.copyOf(methods);
        settings = Map.copyOf(settings);
    }
}
