package dev.kombo.lab.replay;

import java.io.PrintStream;

/** Shows how far work has come. Called often: an implementation sees to its own rate. */
public interface ProgressDisplay extends AutoCloseable {
    /** Shows nothing. */
    ProgressDisplay NONE = (position, size, rows) -> {};

    /**
     * Takes note of progress.
     *
     * @param position how far it has come, from 0 to size
     * @param rows pieces done so far: data rows read, in a replay
     */
    void update(long position, long size, long rows);

    @Override
    default void close() {}

    /** A bar on a terminal, a line every five seconds elsewhere. */
    static ProgressDisplay on(PrintStream out, boolean terminal) {
        return on(out, terminal, "replay", "rows");
    }

    /**
     * A bar on a terminal, a line every five seconds elsewhere.
     *
     * @param task what is done, in a word
     * @param unit pieces that are counted, in the plural
     */
    static ProgressDisplay on(PrintStream out, boolean terminal, String task, String unit) {
        return new ProgressBarDisplay(out, terminal, task, unit);
    }
}
