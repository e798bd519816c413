package dev.kombo.ops;

import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/** Waiting for something that does not answer, until it does or the instance stops. Used by any thread. */
public final class Patience {
    private final CountDownLatch stopped = new CountDownLatch(1);
    private volatile String waitsFor = "";

    /**
     * Waits for a while.
     *
     * @param what is waited for, for an operator; empty: nothing that may be away
     * @return false where the instance stops
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

    /** What was waited for is there. */
    public void over() {
        waitsFor = "";
    }

    /** What is waited for; empty: nothing. */
    public String waitsFor() {
        return waitsFor;
    }

    /** Ends all waiting: the instance stops. */
    public void stop() {
        stopped.countDown();
    }
}
