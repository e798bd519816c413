package dev.kombo.learning.factors;

/**
 * Decides when all factor vectors of a task are next recomputed (a sweep): by processed updates, never by the clock. A
 * quiet shop does not sweep, and a sweep costs an update no more than its share of the rows. Early on sweeps are
 * frequent, since every update is a large part of the data, and each sweep brings the vectors nearer to the
 * eigenvectors.
 */
public final class SweepCadence {
    private static final long FEWEST_UPDATES = 100;
    private static final double SHARE = 0.05;
    private static final double MOST_PER_ROW = 4;

    private SweepCadence() {}

    /**
     * Updates after a sweep at which the next is due: a twentieth of all, but no fewer than the setting asks for, and
     * no more than four per row.
     *
     * @param seen updates ever processed by the task
     * @param rows entities of the task
     * @param perRow fewest updates per row, above 0
     */
    public static long updates(long seen, long rows, double perRow) {
        double least = rows * perRow;
        double due = Math.max(least, Math.min(SHARE * seen, MOST_PER_ROW * rows));
        return Math.max(FEWEST_UPDATES, (long) Math.ceil(due));
    }
}
