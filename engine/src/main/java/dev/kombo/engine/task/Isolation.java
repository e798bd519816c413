package dev.kombo.engine.task;

/**
 * Keeps the work on one key from holding up the others: a key that fails is counted and logged, and the next one is
 * worked on.
 */
@FunctionalInterface
public interface Isolation {
    /**
     * Runs work on a key.
     *
     * @param work changes nothing in the tables if it fails
     * @return whether it succeeded
     * @throws RuntimeException if something other than the key is at fault, such as a store that cannot be read
     */
    boolean attempt(String key, long systemTime, Runnable work);
}
