package dev.kombo.profile;

/**
 * Tells robots by their rate: a shopper with more than a limit of actions within one minute of event time is flagged
 * for a while. The lines of one order are one action, so that a large order is not taken for a robot.
 */
public final class RateWatch {
    private static final long MINUTE = 60_000;
    /** As far as an event may be ahead of the broker's clock, by default. */
    private static final int LATE_MINUTES = 5;

    private long minute;
    private int count;
    private long robotUntil;

    /** A watch that has seen nothing. */
    public RateWatch() {}

    /** A watch from its stored parts. */
    public RateWatch(long minute, int count, long robotUntil) {
        this.minute = minute;
        this.count = count;
        this.robotUntil = robotUntil;
    }

    /**
     * Counts an action. One that is a little late counts for the current minute: else one event with a time that is ahead,
     * which is let in, would hide all others of the next minutes.
     *
     * @param time epoch milliseconds
     * @param limit most actions a minute of a person
     * @param flagDuration how long the flag stays after the last excess, milliseconds
     * @return whether this action flagged a shopper who was not flagged before
     */
    public boolean action(long time, int limit, long flagDuration) {
        long at = time / MINUTE;
        if (at > minute) {
            minute = at;
            count = 0;
        }
        if (minute - at <= LATE_MINUTES && ++count > limit) {
            boolean first = time >= robotUntil;
            robotUntil = Math.max(robotUntil, time + flagDuration);
            return first;
        }
        return false;
    }

    /** Takes over what another has seen of the same shopper: a robot does not become a person by logging in. */
    void absorb(RateWatch other) {
        if (other.minute > minute) {
            minute = other.minute;
            count = other.count;
        } else if (other.minute == minute) {
            count += other.count;
        }
        robotUntil = Math.max(robotUntil, other.robotUntil);
    }

    /** Whether the shopper is taken for a robot at the given time. */
    public boolean robotAt(long time) {
        return time < robotUntil;
    }

    /** UTC minute of the count, minutes since 1970. */
    public long minute() {
        return minute;
    }

    /** Actions in that minute. */
    public int count() {
        return count;
    }

    /** End of the flag, epoch milliseconds; 0 where never flagged. */
    public long robotUntil() {
        return robotUntil;
    }
}
