package dev.kombo.query.http;

import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;

/**
 * Limits the request rate by a token bucket per client: a sustained rate, plus a burst after a pause. Beyond
 * {@value #CLIENTS} clients, those not seen for longest are forgotten. Thread-safe.
 */
public final class RateLimiter {
    private static final int CLIENTS = 10_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final double atOnce;
    private final Cache<String, Bucket> buckets = new LRUCache<>(CLIENTS);

    private static final class Bucket {
        private double left;
        private long filledAt;
    }

    /**
     * @param perSecond requests per second; 0: unlimited
     * @param burstSeconds seconds' worth of requests that may come at once after a pause
     */
    public RateLimiter(double perSecond, int burstSeconds) {
        this.perSecond = perSecond;
        this.atOnce = perSecond * burstSeconds;
    }

    /** Takes more tokens from the bucket of an admitted client, below zero if need be. */
    public synchronized void charge(String client, int requests) {
        Bucket bucket = buckets.get(client);
        if (bucket != null) {
            bucket.left -= requests;
        }
    }

    /** Takes a token from a client's bucket; returns false if it is empty. */
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
