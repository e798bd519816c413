package dev.kombo.topology;

/** How far this instance is behind. Read now and then by stream threads; must be cheap. */
@FunctionalInterface
public interface Backlog {
    /**
     * Records of a topic's partition that were written but not yet read by the task that owns it.
     *
     * @return 0 where the partition is not owned here, or nothing is known
     */
    long records(String topic, int partition);
}
