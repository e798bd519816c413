package dev.kombo.ops;

import java.util.List;

/**
 * How long things took, since the start of the instance.
 *
 * @param count all of them
 * @param buckets by growing bound; what took longer than the last bound is in the count only
 */
public record Histogram(long count, List<Bucket> buckets) {
    /**
     * How many took no longer than a bound.
     *
     * @param atMost the bound, seconds
     * @param count of those, with the ones of the buckets before
     */
    public record Bucket(double atMost, long count) {}
}
