package dev.kombo.topology.common;

import dev.kombo.topology.user.EventClock;

/**
 * The time of the shop as an instance knows it, for whoever is not a task: the machine's clock, shifted by the most that
 * an accepted event lay ahead of it. So it runs on in a quiet shop, and a replay of old events lives in its own time; the
 * same rule as {@link EventClock}, over all tasks of the instance. Written by stream threads, read by any; an update may
 * be lost where two threads write at once, and comes again with the next event.
 */
public final class ShopTime {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private volatile long shiftMillis = UNKNOWN;

    public void accepted(long eventTime, long systemTime) {
        long shift = eventTime - systemTime;
        if (shift > shiftMillis) {
            shiftMillis = shift;
        }
    }

    /**
     * The shop's time at a moment of the machine.
     *
     * @param systemTime the machine's clock, epoch milliseconds
     * @param otherwise answered before any event was accepted
     */
    public long at(long systemTime, long otherwise) {
        long shift = shiftMillis;
        return shift == UNKNOWN ? otherwise : systemTime + shift;
    }
}
