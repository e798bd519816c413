package dev.kombo.lab.quality.protocol;

import dev.kombo.cli.CommandException;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** How one data set is evaluated: what is learned from, what is predicted when, by which methods, in which metrics. */
public interface Protocol {
    /** Name of the data set on the command line. */
    String dataset();

    /** Methods that an evaluation runs unless it is told otherwise, in the order in which they are shown. */
    List<String> methods();

    /** Further methods, each the engine without one of its parts; run when asked for. */
    default List<String> ablations() {
        return List.of();
    }

    /**
     * Reads and checks the data, once for all seeds.
     *
     * @throws CommandException when the data set cannot be used
     * @throws CommandException when a file of it is not what it should be
     * @throws IOException when a file cannot be read
     */
    Run open(RunOptions options) throws IOException;

    /**
     * Service settings of an evaluation: those given, and what the protocol asks for where they say nothing.
     *
     * @param given by full name
     */
    default Map<String, String> settings(Map<String, String> given) {
        return given;
    }

    /** Whether there is a part test; without one, all that is predicted is the part tune. */
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

    /** Methods that can be judged on a running service, in the order in which they are shown; empty where none can. */
    default List<String> serviceMethods() {
        return List.of();
    }

    /**
     * What an evaluation on a running service needs; empty where there is none. Reads the data as {@link #open} does.
     *
     * @param options with methods out of {@link #serviceMethods}
     */
    default Optional<ServiceTrial> serviceTrial(RunOptions options) throws IOException {
        return Optional.empty();
    }

    /** An evaluation of data that are read. Called by several threads at a time, each with another seed. */
    @FunctionalInterface
    interface Run extends SeededRun<SeedResult> {
        /**
         * Runs all methods asked for. The result depends on the seed and the options alone.
         *
         * @throws InterruptedException when the thread is interrupted; long runs look now and then
         */
        @Override
        SeedResult run(long seed, Progress progress) throws InterruptedException;
    }
}
