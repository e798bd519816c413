package dev.kombo.shop.simulation;

import dev.kombo.math.StableHash;
import java.time.Instant;
import java.util.concurrent.TimeUnit;

/**
 * When simulated shoppers visit, and how long each step of a visit takes. Visits begin in rounds, and those of a round
 * go in step: everybody is at step k before anybody is at step k + 1, so that events can be published one step at a
 * time with increasing times. A day that is played faster than real time has one round, in the evening, in which a step
 * takes minutes. In real time, a day of the shop is over within minutes, so that somebody always comes: a round follows
 * the other, and a step takes seconds.
 *
 * @param firstDay start of day 0, epoch milliseconds
 * @param fastDays number of days that are played faster than real time
 * @param present when the day after them starts, epoch milliseconds
 * @param liveDay how long that day and each later one lasts, in milliseconds
 */
public record Timetable(long firstDay, int fastDays, long present, long liveDay) {
    private static final long FAST_START = Instant.parse("2024-01-01T00:00:00Z").toEpochMilli();
    private static final long EVENING = TimeUnit.HOURS.toMillis(18);
    private static final Steps EVENING_STEPS = new Steps(120_000, 50_000, 55_000);
    private static final Steps LIVE_STEPS = new Steps(3_000, 900, 2_100);
    /** A visit has at most three lines, and so five steps. */
    static final long LIVE_ROUND = 5 * LIVE_STEPS.millis();

    /**
     * How fast a visit goes.
     *
     * @param millis from step to step
     * @param spread the latest that a shopper begins a step
     * @param feedback from the beginning of a step to the feedback on its offers
     */
    private record Steps(long millis, int spread, long feedback) {}

    /** All days from 1 January 2024 on, UTC, faster than real time. */
    public static Timetable fast() {
        return new Timetable(FAST_START, Integer.MAX_VALUE, Long.MAX_VALUE, SimulationSettings.DAY);
    }

    /** Whether a day is played in real time. */
    boolean isLive(int day) {
        return day >= fastDays;
    }

    /** Start of a day, epoch milliseconds. */
    long day(int day) {
        return isLive(day) ? present + (day - fastDays) * liveDay : firstDay + day * SimulationSettings.DAY;
    }

    /** Start of the round of a shopper's visit on a day, epoch milliseconds. */
    long round(SimulatedShopper shopper, int day) {
        if (!isLive(day)) {
            return day(day) + EVENING;
        }
        long drawn = StableHash.combine(StableHash.of(shopper.userId()), day);
        return day(day) + LIVE_ROUND * StableHash.below(drawn, (int) (liveDay / LIVE_ROUND));
    }

    /** Time of a shopper's step on a day, epoch milliseconds. */
    long at(SimulatedShopper shopper, int day, int step) {
        Steps steps = steps(day);
        int own = StableHash.below(StableHash.of(shopper.userId()), steps.spread());
        return round(shopper, day) + step * steps.millis() + own;
    }

    /** Time of the feedback on the offers of a step: before anybody's next step. */
    long feedbackAt(SimulatedShopper shopper, int day, int step) {
        return at(shopper, day, step) + steps(day).feedback();
    }

    private Steps steps(int day) {
        return isLive(day) ? LIVE_STEPS : EVENING_STEPS;
    }
}
