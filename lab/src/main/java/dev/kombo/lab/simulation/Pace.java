package dev.kombo.lab.simulation;

import java.time.Duration;

/**
 * Decides when simulated events may happen: past days pass faster than real time until the present is reached, and in
 * real time from then on. A delay is made up for one day at most; after a longer one the pace continues from there, so
 * that no backlog builds up. Not thread-safe.
 */
final class Pace {
    private final double dayMillis;
    private long anchor = Long.MIN_VALUE;
    private long anchoredAt;

    /**
     * @param day shortest duration of a simulated day
     */
    Pace(Duration day) {
        this.dayMillis = day.toMillis();
    }

    /**
     * Returns how long to wait for a moment, in milliseconds; never less than until it is present.
     *
     * @param time of the moment, epoch milliseconds
     * @param now epoch milliseconds
     */
    long waitMillis(long time, long now) {
        if (anchor == Long.MIN_VALUE) {
            anchor(time, now);
        }
        long due = anchoredAt + Math.round((time - anchor) * (dayMillis / SimulationSettings.DAY));
        if (now - due > dayMillis) {
            anchor(time, now);
        }
        return Math.max(0, Math.max(due, time) - now);
    }

    private void anchor(long time, long now) {
        anchor = time;
        anchoredAt = now;
    }
}
