package dev.kombo.ranking.slate;

import dev.kombo.catalog.index.BundleEntry;

/**
 * The candidates that a slate is chosen from, with their values and prices. Not thread-safe, since buffers are reused.
 */
final class SlatePool {
    private final int[] candidates;
    private final BundleEntry[] entries;
    private final double[] values;
    private final long[] prices;
    private int size;

    /**
     * @param most entries at most
     */
    SlatePool(int most) {
        candidates = new int[most];
        entries = new BundleEntry[most];
        values = new double[most];
        prices = new long[most];
    }

    void clear() {
        size = 0;
    }

    /**
     * Adds a candidate.
     *
     * @param value a logit, or the logarithm of money
     * @param priceMinor price in minor units
     */
    void add(int candidate, BundleEntry entry, double value, long priceMinor) {
        candidates[size] = candidate;
        entries[size] = entry;
        values[size] = value;
        prices[size++] = priceMinor;
    }

    int size() {
        return size;
    }

    /** Index of an entry among the candidates. */
    int candidate(int index) {
        return candidates[index];
    }

    /** The bundles; only the first {@link #size} are valid. */
    BundleEntry[] entries() {
        return entries;
    }

    /** The values, before diversity; only the first {@link #size} are valid. */
    double[] values() {
        return values;
    }

    /** Price of an entry in minor units. */
    long price(int index) {
        return prices[index];
    }
}
