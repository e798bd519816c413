package dev.kombo.lab.command;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;

/** Says what day it is in a shop that is played faster than life, and how fast its days pass. For one thread. */
final class DayText {
    private static final double DAY = Duration.ofDays(1).toMillis();
    private static final double SLOW = 1.25;
    private static final long SHORTEST = Duration.ofSeconds(4).toMillis();

    private final Duration pace;
    private double millisPerDay = Double.NaN;
    private long measuredAt;
    private long measured;

    /**
     * Texts of a run.
     *
     * @param pace how long a day was asked to take
     * @param time of the shop as it opens, epoch milliseconds
     * @param now epoch milliseconds
     */
    DayText(Duration pace, long time, long now) {
        this.pace = pace;
        this.measured = time;
        this.measuredAt = now;
    }

    /** What day it is at a moment; parameters as in the constructor. */
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
