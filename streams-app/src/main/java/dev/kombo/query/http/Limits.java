package dev.kombo.query.http;

import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * How much is done at a time. Streams have places of their own as well: they stay for hours. Requests that another instance passed on have places of their own: else two instances that
 * wait for each other could take all the places of both, and neither would be answered. Thread-safe.
 */
final class Limits {
    /** Streams open at a time, each of which has a thread. */
    static final int MOST_STREAMS = 8;

    private static final int BURST_SECONDS = 2;

    private final RateLimiter rate;
    private final Semaphore own;
    private final Semaphore passedOn;
    private final Semaphore bodies;
    private final Semaphore pageBodies;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);
    private final LongSupplier nanoTime;

    /** A place that was taken. */
    @FunctionalInterface
    interface Place {
        /** Gives it back, once. */
        void giveBack();
    }

    Limits(int ratePerSecond, int concurrency, LongSupplier nanoTime) {
        this.rate = new RateLimiter(ratePerSecond, BURST_SECONDS);
        this.own = new Semaphore(concurrency);
        this.passedOn = new Semaphore(concurrency);
        this.bodies = new Semaphore(concurrency);
        this.pageBodies = new Semaphore(concurrency);
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a place.
     *
     * @param client null for a page, which is counted elsewhere: behind a proxy all visitors have one address
     * @throws ApiException 429 where the client asks too often, 503 where all places are taken
     */
    Place take(String client, boolean passed) {
        if (client != null) {
            requireRate(client);
        }
        return take(passed ? passedOn : own, "the instance works on as many requests as it may");
    }

    /**
     * Takes a place for a body that is being read: who sends slowly holds up others who send, and nobody who asks.
     * Pages, which need no token, hold up pages alone.
     *
     * @throws ApiException 503 where all are taken
     */
    Place takeForBody(boolean page) {
        return take(page ? pageBodies : bodies, "as many bodies are being read as may be");
    }

    /** Counts what a client did as so many requests more: it pays for them before its next one. */
    void charge(String client, int requests) {
        rate.charge(client, requests);
    }

    /**
     * Takes a place for a stream.
     *
     * @throws ApiException as {@link #take}
     */
    Place takeForStream(String client) {
        requireRate(client);
        return take(streams, "as many streams are open as may be, " + MOST_STREAMS);
    }

    private void requireRate(String client) {
        if (!rate.allows(client, nanoTime.getAsLong())) {
            throw new ApiException(
                            429,
                            "too-many-requests",
                            "Too many requests",
                            "the client " + client + " asks more often than this instance allows")
                    .header("Retry-After", "1");
        }
    }

    private static Place take(Semaphore places, String why) {
        if (!places.tryAcquire()) {
            throw ApiException.unavailable("busy", why);
        }
        return places::release;
    }
}
