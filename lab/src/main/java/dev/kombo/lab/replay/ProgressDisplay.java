package dev.kombo.lab.replay;

import java.io.PrintStream;
import java.time.Duration;

/** Shows how far a replay has come. Called often: an implementation sees to its own rate. */
public interface ProgressDisplay extends AutoCloseable {
    /** Shows nothing. */
    ProgressDisplay NONE = (position, size, rows) -> {};

    /**
     * Takes note of progress.
     *
     * @param position how far the file is read, from 0 to size
     * @param rows data rows read so far
     */
    void update(long position, long size, long rows);

    @Override
    default void close() {}

    /** A bar on a terminal, a line every five seconds elsewhere. */
    static ProgressDisplay on(PrintStream out, boolean terminal) {
        return terminal ? new ProgressBarDisplay(out) : new ProgressLines(out, Duration.ofSeconds(5), System::nanoTime);
    }
}
