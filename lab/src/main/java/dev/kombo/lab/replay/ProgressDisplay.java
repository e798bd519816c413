package dev.kombo.lab.replay;

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
}
