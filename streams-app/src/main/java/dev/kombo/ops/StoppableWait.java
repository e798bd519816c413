package dev.kombo.ops;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waits for something that does not answer, until it does or the instance stops. Thread-safe. */
public final class StoppableWait {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String waitsFor = "";

    /**
     * Waits for a while.
     *
     * @param what the cause, for an operator; empty: nothing external
     * @return false if the instance stops
     */
    public boolean pause(String what, long millis) {
        waitsFor = what;
        try {
            return !stopped.await(millis, TimeUnit.MILLISECONDS);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return false;
        }
    }

    /** Ends the wait: what was missing is there. */
    public void over() {
        waitsFor = "";
    }

    /** What is currently waited for; empty: nothing. */
    public String waitsFor() {
        return waitsFor;
    }

    /** Ends all waiting, as the instance stops. */
    public void stop() {
        stopped.countDown();
    }
}
