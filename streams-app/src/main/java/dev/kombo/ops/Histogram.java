package dev.kombo.ops;

import java.util.List;

/**
 * Distribution of a duration since the start of the instance.
 *
 * @param count number of all measurements
 * @param buckets by increasing bound; durations above the last bound are only in the count
 */
public record Histogram(long count, List<Bin> buckets) {
    /**
     * Number of measurements up to a bound.
     *
     * @param atMost the bound, seconds
     * @param count cumulative, with the buckets before
     */
    public record Bin(double atMost, long count) {}
}
