package dev.kombo.lab.replay;

/** Shows the progress of work. Called often: an implementation limits its own rate. */
public interface ProgressDisplay extends AutoCloseable {
    /** Shows nothing. */
    ProgressDisplay NONE = (position, size, rows) -> {};

    /**
     * Reports progress.
     *
     * @param position progress, from 0 to size
     * @param rows pieces done so far; in a replay the data rows read
     */
    void update(long position, long size, long rows);

    @Override
    default void close() {}
}
