package dev.kombo.engine.task;

/**
 * A result that a task of the engine emits for others to read. Each task has a sealed interface of its own outputs, so
 * that all of them are known where they are sent.
 */
public interface Output {
    /** Time of the events that it follows from, epoch milliseconds. */
    long time();
}
