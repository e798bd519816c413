package dev.kombo.serde;

/**
 * How often and after what wait a failed request is tried again: exponential, with the upper half of each wait drawn at
 * random so that clients which failed together do not come back together.
 *
 * @param retries tries after the first, at least 0
 * @param firstWaitMs wait before the first retry, milliseconds
 * @param longestWaitMs bound of every wait, milliseconds
 */
record Backoff(int retries, long firstWaitMs, long longestWaitMs) {

    /** Waits for a while; replaced in tests, which must not. */
    @FunctionalInterface
    interface Sleeper {
        void sleep(long milliseconds) throws InterruptedException;
    }

    /**
     * The wait before a retry.
     *
     * @param retry 0 for the first
     * @param uniform a draw from [0, 1)
     * @return milliseconds, from a half of the exponential wait to the whole of it
     */
    long waitMs(int retry, double uniform) {
        double whole = Math.min((double) longestWaitMs, Math.scalb((double) firstWaitMs, retry));
        return Math.round(whole / 2 + uniform * whole / 2);
    }
}
