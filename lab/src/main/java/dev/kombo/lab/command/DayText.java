package dev.kombo.lab.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Says which day it is in a shop that runs faster than real time, and how fast its days pass. Not thread-safe. */
final class DayText {
    private static final double DAY = Duration.ofDays(1).toMillis();
    private static final double SLOW = 1.25;
    private static final long SHORTEST = Duration.ofSeconds(4).toMillis();

    private final Duration pace;
    private double millisPerDay = Double.NaN;
    private long measuredAt;
    private long measured;

    /**
     * @param pace intended duration of a day
     * @param time the shop's time at the opening, epoch milliseconds
     * @param now epoch milliseconds
     */
    DayText(Duration pace, long time, long now) {
        this.pace = pace;
        this.measured = time;
        this.measuredAt = now;
    }

    /** Returns the day at a moment; parameters as in the constructor. */
    String at(long time, long now) {
        if (now - measuredAt >= SHORTEST && time - measured >= DAY) {
            millisPerDay = (now - measuredAt) * DAY / (time - measured);
            measured = time;
            measuredAt = now;
        }
        String date =
                Instant.ofEpochMilli(time).atZone(ZoneOffset.UTC).toLocalDate().toString();
        if (now - time < DAY) {
            return date + " (the present)";
        }
        if (Double.isNaN(millisPerDay)) {
            return date;
        }
        String speed = String.format(Locale.ROOT, "%.1f s a day", millisPerDay / 1000);
        return date + " (" + speed + (millisPerDay > SLOW * pace.toMillis() ? ", the service is busy)" : ")");
    }
}
