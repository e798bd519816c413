package dev.kombo.topology.task;

import java.util.concurrent.TimeUnit;

/**
 * Decides when the tasks of one stream thread commit before the commit interval is over. Readers of committed records
 * wait for the commit, which costs as much as several events: so where few events arrive, a commit may follow shortly
 * after the one before, and where many arrive, the interval decides. Not thread-safe; used by one stream thread.
 */
public final class CommitPace {
    /** Least time between two commits, in milliseconds. */
    private static final long LEAST_GAP_MILLIS = 20;

    /** Events per second of one stream thread from which on only the interval decides. */
    private static final double BUSY_RATE = 500;

    /** Time over which the rate of events is averaged, in milliseconds. */
    private static final double AVERAGED_MILLIS = 1_000;

    private long committedAt;
    private long events;
    private double rate;

    /** Counts an event. */
    void handled() {
        events++;
    }

    /**
     * Returns how long a commit that somebody waits for has to be put off, in milliseconds; 0 if it may come at once.
     *
     * @param now the machine's clock, epoch milliseconds
     * @param interval longest time between two commits, in milliseconds
     */
    long delay(long now, long interval) {
        long scaled = Math.round(interval * rate / BUSY_RATE);
        long gap = Math.min(interval, Math.max(LEAST_GAP_MILLIS, scaled));
        return Math.max(0, Math.min(gap, committedAt + gap - now));
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
