package dev.kombo.lab.simulation;

import dev.kombo.catalog.StableHash;

/**
 * When things happen. All visits of a day are in one evening, in step: everybody is at step k before anybody is at step k
 * + 1. So events can be published a step at a time, and their times still go forward.
 */
final class Timetable {
    private static final long EVENING = 18 * 3_600_000L;
    private static final long STEP = 120_000;
    private static final int SPREAD = 50_000;
    private static final long ANSWER_AFTER = 55_000;

    private Timetable() {}

    /** When a shopper does a step of a day, epoch milliseconds. */
    static long at(Shopper shopper, int day, int step) {
        int own = StableHash.below(StableHash.of(shopper.userId()), SPREAD);
        return SimulationSettings.FIRST_DAY + day * SimulationSettings.DAY + EVENING + step * STEP + own;
    }

    /** When what was offered at a step is answered: before anybody's next step. */
    static long answerAt(Shopper shopper, int day, int step) {
        return at(shopper, day, step) + ANSWER_AFTER;
    }
}
