package dev.kombo.lab.quality.protocol;

import dev.kombo.console.CommandException;
import dev.kombo.lab.quality.protocol.SeedRunner.SeededRun;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Defines how one data set is evaluated: what is learned from, what is predicted when, by which methods, with which
 * metrics.
 */
public interface Protocol {
    /** Name of the data set on the command line. */
    String dataset();

    /** Methods that an evaluation runs by default, in the order of display. */
    List<String> methods();

    /** Further methods, each the engine without one of its parts; run on request. */
    default List<String> ablations() {
        return List.of();
    }

    /**
     * Reads and validates the data, once for all seeds.
     *
     * @throws CommandException if the data set or one of its files cannot be used
     * @throws IOException if a file cannot be read
     */
    Run open(EvaluationOptions options) throws IOException;

    /**
     * Returns the service settings of an evaluation: the given ones, and the protocol's own for the rest.
     *
     * @param given by full name
     */
    default Map<String, String> settings(Map<String, String> given) {
        return given;
    }

    /** Whether the data set has a test part; otherwise everything predicted is the tuning part. */
    default boolean hasTestPart() {
        return false;
    }

    /** Whether the data are in order of time, so that an evaluation may begin at a date. */
    default boolean takesFrom() {
        return false;
    }

    /** Whether an evaluation may learn from a share of the stream. */
    default boolean takesShare() {
        return false;
    }

    /** Methods that can be evaluated on a running service, in the order of display; empty if there are none. */
    default List<String> serviceMethods() {
        return List.of();
    }

    /**
     * Returns what an evaluation on a running service needs; empty if it is not supported. Reads the data as
     * {@link #open} does.
     *
     * @param options with methods out of {@link #serviceMethods}
     */
    default Optional<ServiceTrial> serviceTrial(EvaluationOptions options) throws IOException {
        return Optional.empty();
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
