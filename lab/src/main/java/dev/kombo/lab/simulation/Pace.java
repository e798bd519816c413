package dev.kombo.lab.simulation;

import java.time.Duration;

/**
 * When something of the simulated past may happen: days pass faster than life until the present is reached, and as in life
 * from there on. What comes late is caught up with for one day at most; whoever falls further behind goes on from where
 * they are, so the pace slows down and no backlog builds up. For one thread.
 */
final class Pace {
    private final double dayMillis;
    private long anchor = Long.MIN_VALUE;
    private long anchoredAt;

    /**
     * A pace.
     *
     * @param day how long a simulated day takes at least
     */
    Pace(Duration day) {
        this.dayMillis = day.toMillis();
    }

    /**
     * How long to wait for a moment, in milliseconds: never less than until it is present.
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
