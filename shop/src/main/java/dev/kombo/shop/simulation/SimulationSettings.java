package dev.kombo.shop.simulation;

import java.util.concurrent.TimeUnit;

/**
 * Settings of a simulation: its seed, shoppers, days, and world.
 *
 * @param seed determines all random draws
 * @param users number of shoppers, at least 1
 * @param days number of days, at least 2
 * @param warmUpDays days before the experiment starts, at least 0 and fewer than {@code days}
 * @param acceptance probability that a random slate seen with an empty basket sells a bundle, above 0 to 0.5
 * @param basket how much is bought at once
 * @param timetable when things happen
 * @param variant how the world differs from the standard one
 * @param slots whether bundles of items of the same categories are offered as one with slots
 */
public record SimulationSettings(
        long seed,
        int users,
        int days,
        int warmUpDays,
        double acceptance,
        BasketKind basket,
        Timetable timetable,
        WorldVariant variant,
        boolean slots) {
    static final long DAY = TimeUnit.DAYS.toMillis(1);

    public SimulationSettings withSeed(long other) {
        return new SimulationSettings(other, users, days, warmUpDays, acceptance, basket, timetable, variant, slots);
    }

    /** Start of the experiment, epoch milliseconds. */
    public long experimentStart() {
        return timetable.day(warmUpDays);
    }

    /** How much shoppers buy at once. */
    public enum BasketKind {
        /** At most 3 lines. */
        SMALL(3),
        /** At most 13 lines, about 10 on average with the built-in statistics. */
        LARGE(13);

        private final int mostLines;

        BasketKind(int mostLines) {
            this.mostLines = mostLines;
        }

        /** Most lines of an order, without accepted bundles. */
        int mostLines() {
            return mostLines;
        }
    }
}
