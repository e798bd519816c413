package dev.kombo.query.http;

import dev.kombo.config.ApiToken.Role;
import java.util.concurrent.Semaphore;
import java.util.function.LongSupplier;
import org.eclipse.jetty.http.HttpStatus;

/**
 * Limits concurrent work and request rates. Whoever could hold up others has slots of its own: streams, which last for
 * hours; requests without a token; and requests that other instances forward, as two instances that wait for each other
 * could otherwise take all slots of both. Thread-safe.
 */
final class RequestLimits {
    /** Most streams open at a time; each has a thread. */
    static final int MOST_STREAMS = 16;

    /** Most streams that a client has open at a time, so that one alone cannot keep all others out. */
    static final int MOST_STREAMS_OF_CLIENT = 8;

    /** Most requests without a token that an address has open at a time; browsers open six connections. */
    private static final int MOST_OF_ADDRESS = 8;

    private static final int MOST_SCRAPES = 2;
    private static final int BURST_SECONDS = 2;

    private final RateLimiter rate;
    private final LongSupplier nanoTime;
    private final Slots own;
    private final Slots forwarded;
    private final Slots anyone;
    private final Slots pages;
    private final Slots streams = new Slots("streams", MOST_STREAMS, MOST_STREAMS_OF_CLIENT);
    private final Slots scrapes = new Slots("scrapes", MOST_SCRAPES, MOST_SCRAPES);

    RequestLimits(int ratePerSecond, int concurrency, LongSupplier nanoTime) {
        this.rate = new RateLimiter(ratePerSecond, BURST_SECONDS);
        this.nanoTime = nanoTime;
        int ofAddress = Math.min(concurrency, MOST_OF_ADDRESS);
        this.own = new Slots("requests", concurrency, concurrency);
        this.forwarded = new Slots("forwarded requests", concurrency, concurrency);
        this.anyone = new Slots("requests without a token", concurrency, ofAddress);
        this.pages = new Slots("requests of pages", concurrency, ofAddress);
    }

    /** Returns the slots of requests to an endpoint. */
    Slots slots(Endpoint endpoint, boolean peer) {
        if (endpoint.streams()) {
            return streams;
        }
        if (endpoint.vital()) {
            return scrapes;
        }
        if (peer) {
            return forwarded;
        }
        return endpoint.role() == Role.ANYONE ? anyone : endpoint.role() == Role.PAGE ? pages : own;
    }

    /** Charges a client for further requests, which delay its next one. */
    void charge(Client client, int requests) {
        rate.charge(client, requests);
    }

    /**
     * Counts a request.
     *
     * @throws ApiException 429 if the client sends too many requests
     */
    void requireRate(Client client) {
        if (!rate.allows(client, nanoTime.getAsLong())) {
            throw new ApiException(
                            HttpStatus.TOO_MANY_REQUESTS_429,
                            "too-many-requests",
                            "Too many requests",
                            "the client " + client.name() + " sends more requests than this instance allows")
                    .header("Retry-After", "1");
        }
    }

    /** Slots for work of one kind, of which a client can take a part, and a site at most half. Thread-safe. */
    static final class Slots {
        private final String what;
        private final int most;
        private final int mostOfClient;
        private final int mostOfSite;
        private final Semaphore free;
        private final OpenByClient taken;

        Slots(String what, int most, int mostOfClient) {
            this.what = what;
            this.most = most;
            this.mostOfClient = mostOfClient;
            this.free = new Semaphore(most);
            int ofNetworks = Math.min(Client.NETWORKS_OF_SITE * mostOfClient, most / 2);
            this.mostOfSite = Math.max(mostOfClient, ofNetworks);
            this.taken = new OpenByClient(mostOfClient, mostOfSite);
        }

        /**
         * Takes a slot, and returns what gives it back, which must be called once.
         *
         * @param client null: not counted by client
         * @throws ApiException 503 if all are taken, or as many as the client may have
         */
        Runnable take(Client client) {
            if (!free.tryAcquire()) {
                throw ApiException.unavailable(
                        "busy", "the maximum number of " + what + ", " + most + ", is open already");
            }
            if (client == null) {
                return free::release;
            }
            if (!taken.open(client)) {
                release(client);
                String others = client.site() == null ? "" : ", or " + client.site() + " has " + mostOfSite;
                throw ApiException.unavailable(
                        "busy",
                        "the client " + client.name() + " has " + mostOfClient + " " + what + " open already" + others);
            }
            return () -> release(client);
        }

        private void release(Client client) {
            taken.close(client);
            free.release();
        }
    }
}
