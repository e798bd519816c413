package dev.kombo.attribution.account;

import java.time.Duration;

/**
 * The lengths of reporting windows; each outcome is counted in one window of each. Stored by their order: append only.
 */
public enum WindowKind {
    /** All time. */
    TOTAL(0),
    /** A UTC day. */
    DAY(Duration.ofDays(1).toMillis()),
    /** An hour. */
    HOUR(Duration.ofHours(1).toMillis());

    private final long millis;

    WindowKind(long millis) {
        this.millis = millis;
    }

    /** Length in milliseconds; 0 for the total. */
    public long millis() {
        return millis;
    }

    /** Start of the window that includes a time, epoch milliseconds UTC; 0 for the total. */
    public long startOf(long time) {
        return this == TOTAL ? 0 : Math.floorDiv(time, millis) * millis;
    }
}
