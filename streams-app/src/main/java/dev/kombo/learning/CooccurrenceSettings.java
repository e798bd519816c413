package dev.kombo.learning;

/**
 * Settings of {@link CooccurrenceCounts}.
 *
 * @param capacity other targets kept a target, 0 (count nothing) to 1000
 * @param halfLifeMillis time after which a touch counts half, 1 minute to 10 years
 */
public record CooccurrenceSettings(int capacity, long halfLifeMillis) {
    private static final long MINUTE = 60_000L;
    private static final long DAY = 24 * 60 * MINUTE;

    /** Refuses values out of range. */
    public CooccurrenceSettings {
        Settings.requireRange("capacity", capacity, 0, 1000);
        Settings.requireRange("halfLifeMillis", halfLifeMillis, MINUTE, 3650 * DAY);
    }

    /** 200 targets, 60 days. */
    public static CooccurrenceSettings defaults() {
        return new CooccurrenceSettings(200, 60 * DAY);
    }
}
