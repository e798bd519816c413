package dev.kombo.query.http;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;

/**
 * Limits concurrent work and request rates. Streams have slots of their own, as they last for hours. Requests forwarded
 * by another instance have slots of their own, too: otherwise two instances that wait for each other could take all
 * slots of both, and neither would be answered. Thread-safe.
 */
final class RequestLimits {
    /** Most streams open at a time; each has a thread. */
    static final int MOST_STREAMS = 16;

    /** Most streams that a client has open at a time, so that one alone cannot keep all others out. */
    static final int MOST_STREAMS_OF_CLIENT = 8;

    private static final int BURST_SECONDS = 2;

    private final RateLimiter rate;
    private final Semaphore own;
    private final Semaphore passedOn;
    private final Semaphore bodies;
    private final Semaphore pageBodies;
    private final Semaphore streams = new Semaphore(MOST_STREAMS);
    private final Map<String, Integer> streamsOfClients = new ConcurrentHashMap<>();
    private final LongSupplier nanoTime;

    /** A slot that was taken. */
    @FunctionalInterface
    interface Place {
        /** Returns the slot; must be called once. */
        void giveBack();
    }

    RequestLimits(int ratePerSecond, int concurrency, LongSupplier nanoTime) {
        this.rate = new RateLimiter(ratePerSecond, BURST_SECONDS);
        this.own = new Semaphore(concurrency);
        this.passedOn = new Semaphore(concurrency);
        this.bodies = new Semaphore(concurrency);
        this.pageBodies = new Semaphore(concurrency);
        this.nanoTime = nanoTime;
    }

    /**
     * Takes a slot.
     *
     * @param client null for a page, which is counted elsewhere: behind a proxy all visitors have one address
     * @throws ApiException 429 if the client sends too many requests, 503 if all slots are taken
     */
    Place take(String client, boolean passed) {
        if (client != null) {
            requireRate(client);
        }
        return take(passed ? passedOn : own, "the instance is already processing its maximum number of requests");
    }

    /**
     * Takes a slot for reading a body, so that a slow sender holds up other senders, but no reader. Pages, which need
     * no token, hold up only pages.
     *
     * @throws ApiException 503 if all are taken
     */
    Place takeForBody(boolean page) {
        return take(page ? pageBodies : bodies, "the instance is already reading its maximum number of bodies");
    }

    /** Charges a client for further requests, which delay its next one. */
    void charge(String client, int requests) {
        rate.charge(client, requests);
    }

    /**
     * Takes a slot for a stream.
     *
     * @throws ApiException as {@link #take}
     */
    Place takeForStream(String client) {
        requireRate(client);
        Place place = take(streams, "the maximum number of streams, " + MOST_STREAMS + ", is open already");
        if (streamsOfClients.merge(client, 1, Integer::sum) > MOST_STREAMS_OF_CLIENT) {
            release(client, place);
            throw ApiException.unavailable(
                    "busy", "the client " + client + " has " + MOST_STREAMS_OF_CLIENT + " streams open already");
        }
        return () -> release(client, place);
    }

    private void release(String client, Place place) {
        streamsOfClients.computeIfPresent(client, (name, open) -> open == 1 ? null : open - 1);
        place.giveBack();
    }

    private void requireRate(String client) {
        if (!rate.allows(client, nanoTime.getAsLong())) {
            throw new ApiException(
                            429,
                            "too-many-requests",
                            "Too many requests",
                            "the client " + client + " sends more requests than this instance allows")
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
