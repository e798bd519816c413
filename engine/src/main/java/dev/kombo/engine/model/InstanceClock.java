package dev.kombo.engine.model;

/**
 * The shop's time for code outside of a task: the machine's clock plus the largest distance by which an accepted event
 * was ahead of it. So time goes on while no event comes, and a replay of old events runs in its own time. It follows
 * the same rule as the clock of a task, over all tasks of the instance. The threads of tasks write it and any thread
 * reads it. When two threads write at once, an update may be lost; the next event repeats it.
 */
public final class InstanceClock {
    private static final long UNKNOWN = Long.MIN_VALUE;

    private volatile long shiftMillis = UNKNOWN;

    public void accepted(long eventTime, long systemTime) {
        long shift = eventTime - systemTime;
        if (shift > shiftMillis) {
            shiftMillis = shift;
        }
    }

    /**
     * Returns the shop's time.
     *
     * @param systemTime the machine's clock, epoch milliseconds
     * @param otherwise the answer before any event was accepted
     */
    public long at(long systemTime, long otherwise) {
        long shift = shiftMillis;
        return shift == UNKNOWN ? otherwise : systemTime + shift;
    }
}
