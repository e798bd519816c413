package dev.kombo.learning;

/**
 * Settings of {@link Popularity}.
 *
 * @param shortHalfLifeMillis time after which an event counts half in the short term, 1 minute to 10 years
 * @param longHalfLifeMillis the same in the long term, not less than the short one
 */
public record PopularitySettings(long shortHalfLifeMillis, long longHalfLifeMillis) {
    private static final long MINUTE = 60_000L;
    private static final long DAY = 24 * 60 * MINUTE;

    /** Refuses values out of range. */
    public PopularitySettings {
        Settings.requireRange("shortHalfLifeMillis", shortHalfLifeMillis, MINUTE, 3650 * DAY);
        Settings.requireRange("longHalfLifeMillis", longHalfLifeMillis, shortHalfLifeMillis, 3650 * DAY);
    }

    /** 3 and 14 days. */
    public static PopularitySettings defaults() {
        return new PopularitySettings(3 * DAY, 14 * DAY);
    }
}
