package dev.kombo.learning.factors;

import org.jspecify.annotations.Nullable;

/**
 * Decides which generation of factor vectors is active, a generation being the vectors that one sweep over all items
 * and bundles made. Each partition reports the {@link Gram} matrix of its part when it has swept its rows. A generation
 * becomes active when every partition has reported, or after a time-out with the last reports of late partitions.
 * Without an active one, as after a restart, the last reports of all partitions are used at once. A generation whose
 * vectors are not finite, or have grown or shrunk beyond reason, is rejected: the one before stays active, and the next
 * sweep starts from it.
 *
 * <p>Thread-safe: an instance of the service has one, shared by all its tasks.
 */
public final class Generations {
    private static final double MOST_CHANGE = 1e6;

    private record TaskRows(int generation, float[] gram, int rows, long updates) {}

    private final int factors;
    private final double regularization;
    private final long timeoutMillis;
    private final TaskRows[] parts;
    private volatile @Nullable FactorBasis basis;
    private int newest;
    private int settled;
    private long newestSince;
    private long refused;

    /**
     * Creates an instance without a generation.
     *
     * @param factors length of the vectors
     * @param regularization of {@link FactorBasis#of}
     * @param partitions number of partitions that report
     * @param timeoutMillis after which a generation becomes active without those that are late
     */
    public Generations(int factors, double regularization, int partitions, long timeoutMillis) {
        this.factors = factors;
        this.regularization = regularization;
        this.timeoutMillis = timeoutMillis;
        this.parts = new TaskRows[partitions];
    }

    /** The active basis, or null before the first. */
    public @Nullable FactorBasis basis() {
        return basis;
    }

    /** The generation that the next sweep, or a running one, makes. */
    public synchronized int next() {
        return settled + 1;
    }

    /**
     * Whether a partition has reported on a generation that is not active yet, so that the others should sweep as well.
     */
    public synchronized boolean begun() {
        return newest > settled;
    }

    /** The generation that a partition reported on last; 0: none. */
    public synchronized int endedBy(int partition) {
        return parts[partition] == null ? 0 : parts[partition].generation;
    }

    /** Updates that a partition had processed at its last sweep. */
    public synchronized long updates(int partition) {
        return parts[partition] == null ? 0 : parts[partition].updates;
    }

    /** Number of generations rejected. */
    public synchronized long refused() {
        return refused;
    }

    /**
     * Takes the report of a partition.
     *
     * @param gram as made by {@link Gram#toFloats}; that of longer vectors is cut as they are
     * @param rows vectors in it
     * @param updates the partition had processed
     * @param now epoch milliseconds of the machine
     * @return the newly active basis; null where nothing changes
     */
    public synchronized @Nullable FactorBasis sweepEnded(
            int partition, int generation, float[] gram, int rows, long updates, long now) {
        float[] cut = Gram.cut(gram, factors);
        if (partition < 0 || partition >= parts.length || cut == null) {
            // From a service with more partitions or fewer factors.
            return null;
        }
        parts[partition] = new TaskRows(generation, cut, rows, updates);
        if (generation > newest) {
            newest = generation;
            newestSince = now;
        }
        return settle(now);
    }

    /** Activates a generation that is overdue; returns as {@link #sweepEnded}. */
    public synchronized @Nullable FactorBasis settle(long now) {
        if (newest == settled || !(now - newestSince >= timeoutMillis || allEnded(basis == null ? 1 : newest))) {
            return null;
        }
        Gram sum = new Gram(factors);
        for (TaskRows part : parts) {
            if (part != null) {
                sum.add(part.gram, part.rows);
            }
        }
        settled = newest;
        FactorBasis next = FactorBasis.of(newest, sum, regularization);
        if (next == null || (basis != null && !comparable(next.trace() / basis.trace()))) {
            refused++;
            return null;
        }
        basis = next;
        return next;
    }

    private static boolean comparable(double ratio) {
        return ratio <= MOST_CHANGE && ratio >= 1 / MOST_CHANGE;
    }

    private boolean allEnded(int generation) {
        for (TaskRows part : parts) {
            if (part == null || part.generation < generation) {
                return false;
            }
        }
        return true;
    }
}
