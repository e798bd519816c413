package dev.kombo.lab.simulation;

import dev.kombo.catalog.StableHash;
import java.util.concurrent.TimeUnit;

/**
 * When things happen. Visits begin in rounds, and those of a round go in step: everybody is at step k before anybody is at
 * step k + 1. So events can be published a step at a time, and their times still go forward. A day that is played faster
 * than life has one round, in the evening; where days pass as in life, visits are spread over the day.
 *
 * @param firstDay start of day 0, epoch milliseconds
 * @param spreadFrom the first day whose visits are spread
 */
public record Timetable(long firstDay, int spreadFrom) {
    private static final long EVENING = TimeUnit.HOURS.toMillis(18);
    private static final long ROUND = TimeUnit.MINUTES.toMillis(10);
    private static final long STEP = 120_000;
    private static final int SPREAD = 50_000;
    private static final long ANSWER_AFTER = 55_000;

    /** All days from 1 January 2024 on, UTC, faster than life. */
    public static Timetable fast() {
        return new Timetable(1_704_067_200_000L, Integer.MAX_VALUE);
    }

    /** Start of a day, epoch milliseconds. */
    long day(int day) {
        return firstDay + day * SimulationSettings.DAY;
    }

    /** When the round begins in which a shopper comes on a day, epoch milliseconds. */
    long round(Shopper shopper, int day) {
        if (day < spreadFrom) {
            return day(day) + EVENING;
        }
        long drawn = StableHash.combine(StableHash.of(shopper.userId()), day);
        return day(day) + ROUND * StableHash.below(drawn, (int) (SimulationSettings.DAY / ROUND));
    }

    /** When a shopper does a step of a day, epoch milliseconds. */
    long at(Shopper shopper, int day, int step) {
        int own = StableHash.below(StableHash.of(shopper.userId()), SPREAD);
        return round(shopper, day) + step * STEP + own;
    }

    /** When what was offered at a step is answered: before anybody's next step. */
    long answerAt(Shopper shopper, int day, int step) {
        return at(shopper, day, step) + ANSWER_AFTER;
    }
}
