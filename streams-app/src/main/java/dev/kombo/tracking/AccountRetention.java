package dev.kombo.tracking;

import java.time.Duration;

/**
 * How long accounts are kept after their window has ended. Totals are kept for good.
 *
 * @param dayMillis for daily accounts, in milliseconds
 * @param hourMillis for hourly accounts, in milliseconds
 */
public record AccountRetention(long dayMillis, long hourMillis) {

    /** Daily accounts for 400 days, so that a year can be compared with the last; hourly ones for 14 days. */
    public static AccountRetention standard() {
        return new AccountRetention(
                Duration.ofDays(400).toMillis(), Duration.ofDays(14).toMillis());
    }

    /**
     * Whether an account is too old to be kept.
     *
     * @param windowStart start of its window, epoch milliseconds
     * @param now latest event time, epoch milliseconds
     */
    public boolean purges(WindowKind window, long windowStart, long now) {
        return switch (window) {
            case TOTAL -> false;
            case DAY -> now - windowStart >= window.millis() + dayMillis;
            case HOUR -> now - windowStart >= window.millis() + hourMillis;
        };
    }
}
