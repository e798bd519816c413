package dev.kombo.lab.quality.protocol;

import dev.kombo.lab.quality.protocol.SeedRunner.SeededRun;
import dev.kombo.table.DataException;
import java.io.IOException;
import java.util.List;

/**
 * Defines how one data set is evaluated: what is learned from, what is predicted when, by which methods, with which
 * metrics.
 */
public interface Protocol {
    /** Name of the data set on the command line. */
    String dataset();

    /** Methods that an evaluation runs by default, in the order of display. */
    List<String> methods();

    /** The metric by which data sets are compared. */
    String metric();

    /** The rules of thumb among the methods, popularity first. */
    List<String> simpleMethods();

    /** The part of the data on which settings were chosen, as part of a sentence; empty: none. */
    default String chosenOn() {
        return "";
    }

    /** Further methods, each the engine without one of its parts; run on request. */
    default List<String> ablations() {
        return List.of();
    }

    /**
     * Reads and validates the data, once for all seeds.
     *
     * @throws DataException if the data set or one of its files cannot be used
     * @throws IOException if a file cannot be read
     */
    Run open(EvaluationOptions options) throws IOException;

    /** Whether the data set has a test part; otherwise everything predicted is the tuning part. */
    default boolean hasTestPart() {
        return false;
    }

    /** Whether the data are in order of time, so that an evaluation may begin and end at a date. */
    default boolean takesFrom() {
        return false;
    }

    /** Whether an evaluation may learn from a share of the stream. */
    default boolean takesShare() {
        return false;
    }

    /** Whether the data are orders with lines, which an evaluation may shuffle. */
    default boolean takesShuffledLines() {
        return false;
    }

    /** An evaluation with its data read. Called by several threads at a time, each with another seed. */
    @FunctionalInterface
    interface Run extends SeededRun<SeedResult> {
        /**
         * Runs all requested methods. The result depends only on the seed and the options.
         *
         * @throws InterruptedException if the thread is interrupted; long runs check now and then
         */
        @Override
        SeedResult run(long seed, Progress progress) throws InterruptedException;
    }
}
