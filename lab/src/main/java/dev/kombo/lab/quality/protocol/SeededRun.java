package dev.kombo.lab.quality.protocol;

/**
 * Work that depends on a seed. Called by several threads at a time, each with another seed.
 *
 * @param <T> what it comes to
 */
@FunctionalInterface
public interface SeededRun<T> {
    /**
     * Does the work of a seed. The result depends on the seed alone, and not on how many run at once.
     *
     * @throws InterruptedException when the thread is interrupted; long runs look now and then
     */
    T run(long seed, Progress progress) throws InterruptedException;
}
