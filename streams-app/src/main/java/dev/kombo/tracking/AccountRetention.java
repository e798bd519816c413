package dev.kombo.tracking;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.HOUR;
import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * How long accounts are kept after their window has ended. Totals are kept for good.
 *
 * @param dayMillis for daily accounts, in milliseconds
 * @param hourMillis for hourly accounts, in milliseconds
 */
public record AccountRetention(long dayMillis, long hourMillis) {
    public static final Setting<Integer> HOURS = Setting.ofInt("kombo.report.retention.hours", 72, between(1, 87_600))
            .medium("Hours for which hourly reports are kept.");
    public static final Setting<Integer> DAYS = Setting.ofInt("kombo.report.retention.days", 400, between(1, 3650))
            .medium("Days for which daily reports are kept.");

    /** Retention as given. */
    public static AccountRetention of(SettingValues values) {
        return new AccountRetention(values.get(DAYS) * DAY, values.get(HOURS) * HOUR);
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
