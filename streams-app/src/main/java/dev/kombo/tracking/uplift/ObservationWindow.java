package dev.kombo.tracking.uplift;

import java.time.Duration;

/** For how long after entry a shopper is observed. Each window is an account of its own. */
public enum ObservationWindow {
    /** The first day. */
    DAY(1),
    /** The first 7 days. */
    WEEK(7),
    /** The first 28 days. */
    FOUR_WEEKS(28);

    private final long millis;

    ObservationWindow(int days) {
        this.millis = Duration.ofDays(days).toMillis();
    }

    /** Length in milliseconds. */
    public long millis() {
        return millis;
    }
}
