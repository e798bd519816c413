package dev.kombo.lab.quality.protocol;

/**
 * Work that depends on a seed. Called by several threads at a time, each with another seed.
 *
 * @param <T> type of the result
 */
@FunctionalInterface
public interface SeededRun<T> {
    /**
     * Runs with a seed. The result depends only on the seed, not on how many run at once.
     *
     * @throws InterruptedException if the thread is interrupted; long runs check now and then
     */
    T run(long seed, Progress progress) throws InterruptedException;
}
