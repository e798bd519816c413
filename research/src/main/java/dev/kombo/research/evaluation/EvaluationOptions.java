package dev.kombo.research.evaluation;

import dev.kombo.research.data.DataSetFolder;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * What an evaluation is asked for: data set, part, methods, settings.
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
 * @param columns columns of a file whose columns are otherwise guessed, by field
 * @param questions receives what each method achieved on each question
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
        boolean shuffleLines,
        Map<String, String> columns,
        Questions questions) {
    /** Receives what each method achieved on each question; called by several threads. */
    @FunctionalInterface
    public interface Questions {
        /** Ignores them. */
        Questions NONE = (seed, question, values) -> {};

        /**
         * Receives the values of a question.
         *
         * @param values method to metric to value; not kept
         */
        void answered(long seed, String question, Map<String, Map<String, Double>> values);
    }

    /** Options for the whole stream, with the protocol's own start. */
    public EvaluationOptions(
            Path dir, PredictedPart part, Path testFile, List<String> methods, Map<String, String> settings) {
        this(dir, part, testFile, methods, settings, 1, null, null, false, Map.of(), Questions.NONE);
    }

    /** Returns the options with columns that are given instead of guessed. */
    public EvaluationOptions withColumns(Map<String, String> given) {
        return new EvaluationOptions(
                dir, part, testFile, methods, settings, share, from, until, shuffleLines, given, questions);
    }

    /** Returns the settings of a run, with defaults of the protocol for those that are not given. */
    public Map<String, String> settings(Map<String, String> defaults) {
        Map<String, String> all = new HashMap<>(defaults);
        all.putAll(settings);
        return all;
    }

    /**
     * Returns the time from which is evaluated, epoch milliseconds.
     *
     * @param usual the protocol's own
     * @param last the latest time of the data
     * @throws DataException if the data end before
     */
    public long measuredFrom(long usual, long last) {
        long start = from == null ? usual : from.toEpochMilli();
        if (last < start) {
            throw new DataException("%s ends at %s: nothing from %s on is there to be predicted"
                    .formatted(dir, Instant.ofEpochMilli(last), Instant.ofEpochMilli(start)));
        }
        return start;
    }

    /**
     * Returns the file of the test part: the one named, else {@code test.csv} in the folder; null if the tuning part is
     * predicted.
     */
    public Path testCsv() throws IOException {
        if (part == PredictedPart.TUNE || testFile != null) {
            return testFile;
        }
        return DataSetFolder.of("the test part", dir)
                .require(PredictedPart.TEST_CSV)
                .get(PredictedPart.TEST_CSV);
    }
}
