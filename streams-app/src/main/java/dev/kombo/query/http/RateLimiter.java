package dev.kombo.query.http;

import org.apache.kafka.common.cache.Cache;
import org.apache.kafka.common.cache.LRUCache;

/**
 * Limits the request rate by a token bucket per client: a sustained rate, plus a burst after a pause. The clients of a
 * site share a larger one as well. Beyond {@value #CLIENTS} clients, and as many sites, those not seen for longest are
 * forgotten. Thread-safe.
 */
public final class RateLimiter {
    private static final int CLIENTS = 10_000;
    private static final double NANOS = 1e9;

    private final double perSecond;
    private final int burstSeconds;
    private final Cache<String, Bucket> buckets = new LRUCache<>(CLIENTS);
    private final Cache<String, Bucket> sites = new LRUCache<>(CLIENTS);

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
        this.burstSeconds = burstSeconds;
    }

    /** Takes more tokens from the buckets of an admitted client, below zero if need be. */
    public synchronized void charge(Client client, int requests) {
        take(buckets.get(client.name()), requests);
        take(client.site() == null ? null : sites.get(client.site()), requests);
    }

    private static void take(Bucket bucket, int tokens) {
        if (bucket != null) {
            bucket.left -= tokens;
        }
    }

    /** Takes a token from a client's buckets; returns false if one of them is empty. */
    public synchronized boolean allows(Client client, long nanoTime) {
        if (perSecond == 0) {
            return true;
        }
        Bucket own = filled(buckets, client.name(), perSecond, nanoTime);
        Bucket site = client.site() == null
                ? null
                : filled(sites, client.site(), perSecond * Client.NETWORKS_OF_SITE, nanoTime);
        if (own.left < 1 || (site != null && site.left < 1)) {
            return false;
        }
        take(own, 1);
        take(site, 1);
        return true;
    }

    private Bucket filled(Cache<String, Bucket> known, String name, double tokensPerSecond, long nanoTime) {
        double atOnce = tokensPerSecond * burstSeconds;
        Bucket bucket = known.get(name);
        if (bucket == null) {
            bucket = new Bucket();
            bucket.left = atOnce;
            known.put(name, bucket);
        } else {
            double more = (nanoTime - bucket.filledAt) / NANOS * tokensPerSecond;
            bucket.left = Math.min(atOnce, bucket.left + more);
        }
        bucket.filledAt = nanoTime;
        return bucket;
    }
}
