package dev.kombo.attribution.account;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.HOUR;
import static dev.kombo.settings.Range.between;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * How long accounts are kept: daily and hourly ones after their window has ended, totals after their latest event,
 * together with the experiment's bundles and observations.
 *
 * @param dayMillis for daily accounts, in milliseconds
 * @param hourMillis for hourly accounts, in milliseconds
 * @param totalMillis for totals, in milliseconds
 */
public record AccountRetention(long dayMillis, long hourMillis, long totalMillis) {
    public static final Setting<Integer> HOURS = Setting.ofInt("kombo.report.retention.hours", 72, between(1, 87_600))
            .medium("Hours for which hourly reports are kept.");
    public static final Setting<Integer> DAYS = Setting.ofInt("kombo.report.retention.days", 400, between(1, 3650))
            .medium("Days for which daily reports are kept. All of an experiment is kept for as long after"
                    + " its latest event, but for at least 61 days plus the attribution window.");

    /**
     * Until everything that follows from an assignment was reported: the longest window takes 60 days, and a shopper's
     * visit is counted once a day.
     */
    private static final long OBSERVED = 61 * DAY;

    /** Reads the settings. */
    public static AccountRetention of(SettingValues values) {
        long days = values.get(DAYS) * DAY;
        return new AccountRetention(
                days, values.get(HOURS) * HOUR, Math.max(days, OBSERVED + values.get(AttributionSettings.WINDOW)));
    }

    /**
     * Whether an account is past its retention.
     *
     * @param since start of its window, or a total's latest event, epoch milliseconds
     * @param now latest event time, epoch milliseconds
     */
    public boolean purges(WindowKind window, long since, long now) {
        return now - since
                >= switch (window) {
                    case HOUR -> WindowKind.HOUR.millis() + hourMillis;
                    case DAY -> WindowKind.DAY.millis() + dayMillis;
                    case TOTAL -> WindowKind.DAY.millis() + totalMillis;
                };
    }
}
