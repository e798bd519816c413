package dev.kombo.query.http;

import java.util.LinkedHashMap;
import java.util.Map;

/**
 * Token buckets, one a client: over time a client gets so many requests a second, and some more at once after a pause.
 * Of the clients not seen for longest those past {@value #CLIENTS} are forgotten. Thread-safe.
 */
public final class RateLimiter {
    private static final int CLIENTS = 10_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double atOnce;
    private final Map<String, Bucket> buckets = new LinkedHashMap<>(16, 0.75f, true) {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Bucket> eldest) {
            return size() > CLIENTS;
        }
    };

    private static final class Bucket {
        private double left;
        private long filledAt;
    }

    /**
     * @param perSecond requests a second; 0: any number
     * @param burstSeconds the requests of how many seconds may come at once after a pause
     */
    public RateLimiter(double perSecond, int burstSeconds) {
        this.perSecond = perSecond;
        this.atOnce = perSecond * burstSeconds;
    }

    /** Takes so many more from the bucket of a client that was allowed, below zero if need be. */
    public synchronized void charge(String client, int requests) {
        Bucket bucket = buckets.get(client);
        if (bucket != null) {
            bucket.left -= requests;
        }
    }

    /** Takes a request from a client's bucket; false where it is empty. */
    public synchronized boolean allows(String client, long nanoTime) {
        if (perSecond == 0) {
            return true;
        }
        Bucket bucket = buckets.get(client);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.left = atOnce;
            buckets.put(client, bucket);
        } else {
            double more = (nanoTime - bucket.filledAt) / NANOS * perSecond;
            bucket.left = Math.min(atOnce, bucket.left + more);
        }
        bucket.filledAt = nanoTime;
        if (bucket.left < 1) {
            return false;
        }
        bucket.left--;
        return true;
    }
}
