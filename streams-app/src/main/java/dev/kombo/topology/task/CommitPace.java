package dev.kombo.topology.task;

import java.util.concurrent.TimeUnit;

/**
 * Decides when the tasks of one stream thread commit, by how long ago the last commit was. A commit costs as much as
 * dozens of events: so where many events arrive, the commit interval decides. Where few arrive, what readers wait for is
 * committed sooner. Not thread-safe; used by one stream thread.
 */
public final class CommitPace {
    /** Least time between two commits, in milliseconds. */
    private static final long LEAST_GAP_MILLIS = 40;

    /** Events per second of one stream thread from which on only the interval decides. */
    private static final double BUSY_RATE = 600;

    /** Time over which the rate of events is averaged, in milliseconds. */
    private static final double AVERAGED_MILLIS = 1_000;

    private final long interval;
    private long committedAt;
    private long events;
    private double rate;

    /** @param interval longest time between two commits while there is something to commit, in milliseconds */
    public CommitPace(long interval) {
        this.interval = interval;
    }

    /** Counts an event. */
    void handled() {
        events++;
    }

    /**
     * Returns when the next commit may come, epoch milliseconds of the machine's clock.
     *
     * @param awaited whether somebody waits for what it commits
     */
    long next(boolean awaited) {
        long scaled = Math.round(interval * rate / BUSY_RATE);
        return committedAt + Math.min(interval, awaited ? Math.max(LEAST_GAP_MILLIS, scaled) : interval);
    }

    /** Notes a commit. */
    void committed(long now) {
        long elapsed = Math.max(1, now - committedAt);
        double since = (double) events * TimeUnit.SECONDS.toMillis(1) / elapsed;
        rate += (since - rate) * -Math.expm1(-elapsed / AVERAGED_MILLIS);
        committedAt = now;
        events = 0;
    }
}
