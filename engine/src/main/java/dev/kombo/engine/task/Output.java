package dev.kombo.engine.task;

import org.jspecify.annotations.Nullable;

/**
 * Something that a task tells others. Each task has a sealed interface of its own outputs, so that all of them are
 * known where they are sent.
 */
public interface Output {
    /** What it is about: the task that reads it is found by this key. Null only where an input had none. */
    @Nullable
    String key();

    /** Time of the events that it follows from, epoch milliseconds. */
    long time();
}
