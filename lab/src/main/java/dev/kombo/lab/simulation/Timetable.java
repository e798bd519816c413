package dev.kombo.lab.simulation;

import dev.kombo.catalog.StableHash;
import java.util.concurrent.TimeUnit;

/**
 * Times of visits and steps. Visits begin in rounds, and those of a round go in step: everybody is at step k before
 * anybody is at step k + 1, so that events can be published one step at a time with increasing times. A day that is
 * played faster than real time has one round, in the evening; in real time, visits are spread over the day.
 *
 * @param firstDay start of day 0, epoch milliseconds
 * @param spreadFrom the first day whose visits are spread
 */
public record Timetable(long firstDay, int spreadFrom) {
    private static final long EVENING = TimeUnit.HOURS.toMillis(18);
    private static final long ROUND = TimeUnit.MINUTES.toMillis(10);
    private static final long STEP = 120_000;
    private static final int SPREAD = 50_000;
    private static final long FEEDBACK_AFTER = 55_000;

    /** All days from 1 January 2024 on, UTC, faster than real time. */
    public static Timetable fast() {
        return new Timetable(1_704_067_200_000L, Integer.MAX_VALUE);
    }

    /** Start of a day, epoch milliseconds. */
    long day(int day) {
        return firstDay + day * SimulationSettings.DAY;
    }

    /** Start of the round of a shopper's visit on a day, epoch milliseconds. */
    long round(SimulatedShopper shopper, int day) {
        if (day < spreadFrom) {
            return day(day) + EVENING;
        }
        long drawn = StableHash.combine(StableHash.of(shopper.userId()), day);
        return day(day) + ROUND * StableHash.below(drawn, (int) (SimulationSettings.DAY / ROUND));
    }

    /** Time of a shopper's step on a day, epoch milliseconds. */
    long at(SimulatedShopper shopper, int day, int step) {
        int own = StableHash.below(StableHash.of(shopper.userId()), SPREAD);
        return round(shopper, day) + step * STEP + own;
    }

    /** Time of the feedback on the offers of a step: before anybody's next step. */
    long feedbackAt(SimulatedShopper shopper, int day, int step) {
        return at(shopper, day, step) + FEEDBACK_AFTER;
    }
}
