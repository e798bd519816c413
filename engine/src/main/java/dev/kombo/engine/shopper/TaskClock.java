package dev.kombo.engine.shopper;

import dev.kombo.engine.model.InstanceClock;

/**
 * The time of a task: the latest time of an accepted event, advanced by the machine's clock while no event comes. So
 * orders close and offers end in a quiet shop too, while a replay of old events runs in its own time. Before the first
 * event since the task's start the time is unknown, and nothing is due.
 */
final class TaskClock {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private final InstanceClock instanceClock;
    private long latest = UNKNOWN;
    private long acceptedAt;

    /**
     * @param instanceClock is informed of each event as well
     */
    TaskClock(InstanceClock instanceClock) {
        this.instanceClock = instanceClock;
    }

    /** Advances the clock to an accepted event's time; a late event does not turn it back. */
    void accepted(long eventTime, long systemTime) {
        latest = Math.max(latest == UNKNOWN ? eventTime : now(systemTime), eventTime);
        acceptedAt = systemTime;
        instanceClock.accepted(eventTime, systemTime);
    }

    /** Whether any event was accepted since the task started. */
    boolean known() {
        return latest != UNKNOWN;
    }

    /** The task's time, epoch milliseconds. */
    long now(long systemTime) {
        return latest + Math.max(0, systemTime - acceptedAt);
    }
}
