package dev.kombo.settings;

/** Time spans in milliseconds, and the UTC day of a time. */
public final class Millis {
    public static final long SECOND = 1000;
    public static final long MINUTE = 60 * SECOND;
    public static final long HOUR = 60 * MINUTE;
    public static final long DAY = 24 * HOUR;

    /** Ten years: longer than any period that Kombo considers. */
    public static final long DECADE = 3650 * DAY;

    private Millis() {}

    /** The UTC day of a time, in days since 1970. */
    public static long day(long time) {
        return Math.floorDiv(time, DAY);
    }
}
