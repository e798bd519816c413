package dev.kombo.learning.factors;

/**
 * Which generation of factor vectors is in force. Each partition tells when it has swept its rows: the {@link Gram}
 * matrix of its part. A generation holds when every partition has told of it, or after a time-out, with what late
 * partitions told before. Where there is none to go on with, as after a restart, what all of them told last holds at
 * once. A generation whose vectors are not finite, or have grown or shrunk beyond reason, is refused: the one before
 * stays in force, and the next sweep starts from it.
 *
 * <p>Safe to share: every instance has one, which all its tasks ask.
 */
public final class Generations {
    private static final double MOST_CHANGE = 1e6;

    private record Part(int generation, float[] gram, int rows, long updates) {}

    private final int factors;
    private final double regularization;
    private final long timeoutMillis;
    private final Part[] parts;
    private volatile FactorBasis basis;
    private int newest;
    private int settled;
    private long newestSince;
    private long refused;

    /**
     * No generation yet.
     *
     * @param factors length of the vectors
     * @param regularization of {@link FactorBasis#of}
     * @param partitions that tell of theirs
     * @param timeoutMillis after which a generation holds without those that are late
     */
    public Generations(int factors, double regularization, int partitions, long timeoutMillis) {
        this.factors = factors;
        this.regularization = regularization;
        this.timeoutMillis = timeoutMillis;
        this.parts = new Part[partitions];
    }

    /** The basis in force, or null before the first. */
    public FactorBasis basis() {
        return basis;
    }

    /** The generation that the next sweep, or one that runs, is for. */
    public synchronized int next() {
        return settled + 1;
    }

    /** Whether a partition has told of a generation that does not hold yet: others are to sweep as well. */
    public synchronized boolean begun() {
        return newest > settled;
    }

    /** The generation a partition told of last; 0: none. */
    public synchronized int toldBy(int partition) {
        return parts[partition] == null ? 0 : parts[partition].generation;
    }

    /** Rows that a partition swept last. */
    public synchronized int rows(int partition) {
        return parts[partition] == null ? 0 : parts[partition].rows;
    }

    /** Updates that a partition had taken in when it swept last. */
    public synchronized long updates(int partition) {
        return parts[partition] == null ? 0 : parts[partition].updates;
    }

    /** Generations that were refused. */
    public synchronized long refused() {
        return refused;
    }

    /**
     * Takes what a partition tells.
     *
     * @param gram as {@link Gram#toFloats} made it
     * @param rows vectors in it
     * @param updates the partition had taken in
     * @param now epoch milliseconds of the machine
     * @return the basis that is in force from now on; null where nothing changes
     */
    public synchronized FactorBasis tell(
            int partition, int generation, float[] gram, int rows, long updates, long now) {
        if (partition < 0 || partition >= parts.length || gram.length != factors * (factors + 1) / 2) {
            // Of a service with other partitions, or another number of factors.
            return null;
        }
        parts[partition] = new Part(generation, gram, rows, updates);
        if (generation > newest) {
            newest = generation;
            newestSince = now;
        }
        return settle(now);
    }

    /** Looks whether a generation is overdue; as {@link #tell}. */
    public synchronized FactorBasis settle(long now) {
        if (newest == settled || !(now - newestSince >= timeoutMillis || allTold(basis == null ? 1 : newest))) {
            return null;
        }
        Gram sum = new Gram(factors);
        for (Part part : parts) {
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

    private boolean allTold(int generation) {
        for (Part part : parts) {
            if (part == null || part.generation < generation) {
                return false;
            }
        }
        return true;
    }
}
