package dev.kombo.engine.task;

/**
 * One task of the engine, which owns the keys of one partition. It is plain Java: it computes from an input and its
 * tables, changes the tables, and emits outputs. Not thread-safe; called by one thread at a time.
 *
 * @param <I> inputs
 */
public interface Task<I> {
    /**
     * Handles one input. If it fails, the task goes on with the next input, and the failed one has changed nothing in
     * the tables.
     *
     * @param systemTime the machine's clock, epoch milliseconds
     */
    void accept(I input, long systemTime);

    /**
     * Does what is due by the clock, and does nothing by default.
     *
     * @param systemTime the machine's clock, epoch milliseconds
     * @return whether there was or still is something to do; if not, the next call may come later than usual
     */
    default boolean tick(long systemTime) {
        return false;
    }

    /**
     * Is called before what the task has put into its tables and emitted is committed. A task that keeps changes on the
     * heap puts them into its tables here, once for all inputs since the last commit; by default there is nothing to
     * do. A task that fails or is closed without a commit loses them together with the inputs that they follow from,
     * which are read again.
     *
     * @param systemTime the machine's clock, epoch milliseconds
     */
    default void beforeCommit(long systemTime) {}
}
