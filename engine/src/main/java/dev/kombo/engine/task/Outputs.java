package dev.kombo.engine.task;

/**
 * Receives the outputs of a task.
 *
 * @param <O> the outputs of the task
 */
@FunctionalInterface
public interface Outputs<O extends Output> {
    /**
     * Takes an output. It is sent after the input has been handled, or not at all if handling the input fails. A task
     * emits before it puts anything into a table, so that an input whose output is refused has changed nothing.
     *
     * @throws RuntimeException if the output cannot be sent, for instance because it is too large
     */
    void emit(O output);
}
