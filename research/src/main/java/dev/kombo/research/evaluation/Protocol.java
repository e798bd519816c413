package dev.kombo.research.evaluation;

import dev.kombo.shop.SeedRunner;
import java.io.IOException;
import java.util.List;
import java.util.Set;

/**
 * Defines how one data set is evaluated: what is learned from, what is predicted when, by which methods, with which
 * metrics.
 *
 * @param dataset name of the data set on the command line
 * @param methods methods that an evaluation runs by default, in the order of display
 * @param metric the metric by which data sets are compared
 * @param simpleMethods the rules of thumb among the methods, popularity first
 * @param chosenOn the part of the data on which settings were chosen, as part of a sentence; empty: none
 * @param takes what an evaluation may be narrowed to
 * @param opener opens the data set
 */
public record Protocol(
        String dataset,
        List<String> methods,
        String metric,
        List<String> simpleMethods,
        String chosenOn,
        Set<Takes> takes,
        Opener opener) {
    /** A way in which an evaluation can be narrowed or changed. */
    public enum Takes {
        /** It may begin at a date. */
        FROM,
        /** It may end at a date. */
        UNTIL,
        /** It may learn from a share of the stream. */
        SHARE,
        /** The lines of each order may be shuffled. */
        SHUFFLED_LINES,
        /** Columns may be given instead of guessed. */
        COLUMNS
    }

    /** Reads and validates the data. */
    @FunctionalInterface
    public interface Opener {
        /** As {@link Protocol#open}. */
        Run open(EvaluationOptions options) throws IOException;
    }

    /**
     * Reads and validates the data, once for all seeds.
     *
     * @throws dev.kombo.table.DataException if the data set or one of its files cannot be used
     * @throws IOException if a file cannot be read
     */
    public Run open(EvaluationOptions options) throws IOException {
        return opener.open(options);
    }

    /** An evaluation with its data read. Called by several threads at a time, each with another seed. */
    @FunctionalInterface
    public interface Run extends SeedRunner.SeededRun<SeedResult> {}
}
