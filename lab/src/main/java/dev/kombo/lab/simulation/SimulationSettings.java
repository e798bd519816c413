package dev.kombo.lab.simulation;

import dev.kombo.schema.OfferObjective;
import dev.kombo.schema.Strategy;
import java.util.concurrent.TimeUnit;

/**
 * What is simulated.
 *
 * @param seed decides all draws
 * @param users shoppers, at least 1
 * @param days days, at least 2
 * @param warmUpDays days before the experiment starts, at least 0 and fewer than {@code days}
 * @param acceptance probability that a random slate seen at an empty basket sells a bundle, above 0 to 0.5
 * @param basket how much is bought at once
 * @param timetable when things happen
 */
public record SimulationSettings(
        long seed, int users, int days, int warmUpDays, double acceptance, BasketKind basket, Timetable timetable) {
    static final long DAY = TimeUnit.DAYS.toMillis(1);

    /** A simulation whose days pass faster than life. */
    public SimulationSettings(long seed, int users, int days, int warmUpDays, double acceptance, BasketKind basket) {
        this(seed, users, days, warmUpDays, acceptance, basket, Timetable.fast());
    }

    /** Refuses values out of range. */
    public SimulationSettings {
        require(users >= 1 && days >= 2, users + " users, " + days + " days");
        require(warmUpDays >= 0 && warmUpDays < days, warmUpDays + " days of warm-up");
        require(acceptance > 0 && acceptance <= 0.5, "acceptance " + acceptance);
    }

    private static void require(boolean holds, String what) {
        if (!holds) {
            throw new IllegalArgumentException(what + ": out of range");
        }
    }

    /** The same with another seed. */
    public SimulationSettings withSeed(long other) {
        return new SimulationSettings(other, users, days, warmUpDays, acceptance, basket, timetable);
    }

    /** First moment of the experiment, epoch milliseconds. */
    public long experimentStart() {
        return timetable.day(warmUpDays);
    }

    /** The experiment that is run where no other is given. */
    public Strategy strategy(OfferObjective objective) {
        return SimulationStrategy.standard(objective, experimentStart());
    }
}
