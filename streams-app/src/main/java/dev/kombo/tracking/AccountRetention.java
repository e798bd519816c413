package dev.kombo.tracking;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.HOUR;
import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * How long accounts are kept after their window has ended. A total is kept as long after its latest event as a day is, and
 * bundles and observations of the experiment with it.
 *
 * @param dayMillis for daily accounts and totals, in milliseconds
 * @param hourMillis for hourly accounts, in milliseconds
 */
public record AccountRetention(long dayMillis, long hourMillis) {
    public static final Setting<Integer> HOURS = Setting.ofInt("kombo.report.retention.hours", 72, between(1, 87_600))
            .medium("Hours for which hourly reports are kept.");
    public static final Setting<Integer> DAYS = Setting.ofInt("kombo.report.retention.days", 400, between(1, 3650))
            .medium(
                    "Days for which daily reports are kept, and for which all of an experiment is after its latest event.");

    /** Retention as given. */
    public static AccountRetention of(SettingValues values) {
        return new AccountRetention(values.get(DAYS) * DAY, values.get(HOURS) * HOUR);
    }

    /**
     * Whether an account is too old to be kept.
     *
     * @param since start of its window, of a total its latest event, epoch milliseconds
     * @param now latest event time, epoch milliseconds
     */
    public boolean purges(WindowKind window, long since, long now) {
        return now - since
                >= (window == WindowKind.HOUR
                        ? WindowKind.HOUR.millis() + hourMillis
                        : WindowKind.DAY.millis() + dayMillis);
    }
}
