package dev.kombo.profile;

import dev.kombo.codec.Fields;
import dev.kombo.settings.Millis;

/**
 * A shopper's rate of actions: with more than a limit within one minute of event time, the shopper is flagged as a
 * robot for a while. The lines of one order count as one action, so that a large order is not mistaken for a robot.
 */
public final class ActionRate {
    /** How far an event may be ahead of the broker's clock, by default. */
    private static final int LATE_MINUTES = 5;

    private long minute;
    private int count;
    private long robotUntil;

    void fields(Fields f) {
        minute = f.number(minute);
        count = f.number(count);
        robotUntil = f.number(robotUntil);
    }

    /**
     * Counts an action. A slightly late one counts for the current minute; otherwise one accepted event with a time
     * ahead would hide all others of the next minutes.
     *
     * @param time epoch milliseconds
     * @param limit most actions per minute of a person
     * @param flagDuration how long the flag stays after the last excess, milliseconds
     * @return whether this action flagged a shopper who was not flagged before
     */
    public boolean action(long time, int limit, long flagDuration) {
        long at = time / Millis.MINUTE;
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

    /** Merges the rate of a session of the same shopper: a robot stays flagged after logging in. */
    void absorb(ActionRate other) {
        if (other.minute > minute) {
            minute = other.minute;
            count = other.count;
        } else if (other.minute == minute) {
            count += other.count;
        }
        robotUntil = Math.max(robotUntil, other.robotUntil);
    }

    /** Whether the shopper is flagged as a robot at the given time. */
    public boolean robotAt(long time) {
        return time < robotUntil;
    }

    /** End of the flag, epoch milliseconds; 0 where never flagged. */
    public long robotUntil() {
        return robotUntil;
    }
}
