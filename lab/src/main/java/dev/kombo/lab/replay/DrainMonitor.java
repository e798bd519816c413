package dev.kombo.lab.replay;

/** Knows when an application has processed all that was published. */
@FunctionalInterface
public interface DrainMonitor {
    /**
     * Returns when everything is processed.
     *
     * @throws ReplayException when the application makes no progress
     */
    void awaitDrained() throws InterruptedException;
}
