package dev.kombo.query.http;

import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * How much is done at a time. Requests that another instance passed on have places of their own: else two instances that
 * wait for each other could take all the places of both, and neither would be answered. Thread-safe.
 */
final class Limits {
    private final RateLimiter rate;
    private final Semaphore own;
    private final Semaphore passedOn;
    private final LongSupplier nanoTime;

    /** A place that was taken. */
    @FunctionalInterface
    interface Place {
        /** Gives it back, once. */
        void giveBack();
    }

    Limits(int ratePerSecond, int concurrency, LongSupplier nanoTime) {
        this.rate = new RateLimiter(ratePerSecond);
        this.own = new Semaphore(concurrency);
        this.passedOn = new Semaphore(concurrency);
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a place.
     *
     * @throws ApiException 429 where the client asks too often, 503 where all places are taken
     */
    Place take(String client, boolean passed) {
        if (!rate.allows(client, nanoTime.getAsLong())) {
            throw new ApiException(
                            429,
                            "too-many-requests",
                            "Too many requests",
                            "the client " + client + " asks more often than this instance allows")
                    .header("Retry-After", "1");
        }
        Semaphore places = passed ? passedOn : own;
        if (!places.tryAcquire()) {
            throw ApiException.unavailable("busy", "the instance works on as many requests as it may");
        }
        return places::release;
    }
}
