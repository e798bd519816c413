package dev.kombo.lab.shop;

/**
 * Allows a number of events a second on average, by a clock that is told to it. After a stall at most a quarter of a
 * second is made up for, so that a pause does not become a burst.
 */
final class Pace {
    private static final double MOST_MADE_UP_SECONDS = 0.25;
    private static final long LONGEST_WAIT_MILLIS = 10;

    private final double perSecond;
    private double allowance = 1;
    private long at;

    /**
     * @param perSecond events a second
     * @param now epoch milliseconds
     */
    Pace(double perSecond, long now) {
        this.perSecond = perSecond;
        this.at = now;
    }

    /** Moves on to a time, epoch milliseconds; a clock that goes back is waited for. */
    void advance(long now) {
        if (now > at) {
            double most = Math.max(1, perSecond * MOST_MADE_UP_SECONDS);
            allowance = Math.min(most, allowance + (now - at) * perSecond / 1000);
            at = now;
        }
    }

    /** Whether an event may go out. */
    boolean ready() {
        return allowance >= 1;
    }

    /** Accounts for events that went out; several at once may overdraw and are waited for afterwards. */
    void spend(int events) {
        allowance -= events;
    }

    /** Time until it is worth looking again, 1 to 10 milliseconds. */
    long waitMillis() {
        double missing = (1 - allowance) * 1000 / perSecond;
        return Math.max(1, Math.min(LONGEST_WAIT_MILLIS, (long) Math.ceil(missing)));
    }
}
