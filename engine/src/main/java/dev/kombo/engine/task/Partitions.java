package dev.kombo.engine.task;

/** The partitions into which the keys of a task are divided, each of which is owned by one task. */
public interface Partitions {
    /** The number of partitions. */
    int count();

    /** The partition of this task, from 0. */
    int own();

    /** The partition that owns a key. */
    int of(String key);
}
