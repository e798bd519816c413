package dev.kombo.shop.simulation;

import dev.kombo.shop.simulation.SimulationSettings.BasketKind;
import java.time.Duration;

/**
 * Settings of a shop that is played live, faster than real time until it reaches the present. Its shoppers accept
 * offers ten times as readily as those of simulations, so that a few minutes have something to show.
 *
 * @param seed of the catalogue, the preferences and every choice
 * @param shoppers at least 1
 * @param past number of days played before the present, at least 1
 * @param pace shortest duration of such a day: a tenth of a second to a day
 */
public record ShopSettings(long seed, int shoppers, int past, Duration pace) {
    /** Currency of all prices. */
    public static final String CURRENCY = SimulatedCatalog.CURRENCY;

    /** Probability that a random slate sells: ten times that of simulations. */
    private static final double ACCEPTANCE = 0.15;

    private static final long MINUTE_MILLIS = 60_000;

    /** Number of days played in real time; as they are short, they last for some three days. */
    private static final int FUTURE = 3_650;

    /** Of such a day per shopper, in milliseconds: a thirtieth of the shoppers come on a day, at least one a second. */
    private static final long LIVE_DAY = 30;

    /** 3,200 shoppers, from 90 days ago, at two seconds per day. */
    public static final ShopSettings STANDARD = new ShopSettings(7, 3_200, 90, Duration.ofSeconds(2));

    /** First day of a shop that is opened now, epoch milliseconds, in whole minutes. */
    long firstDay(long now) {
        return (now - past * SimulationSettings.DAY) / MINUTE_MILLIS * MINUTE_MILLIS;
    }

    /**
     * Returns the world of a shop with the past days before the present.
     *
     * @param firstDay when it was first opened less the past days, epoch milliseconds
     * @param now when it is opened this time; nobody came while it was closed
     */
    SimulationSettings world(long firstDay, long now) {
        long liveDay = Math.max(1, shoppers * LIVE_DAY / Timetable.LIVE_ROUND) * Timetable.LIVE_ROUND;
        Timetable timetable =
                new Timetable(firstDay, past, Math.max(now, firstDay + past * SimulationSettings.DAY), liveDay);
        return new SimulationSettings(
                seed,
                shoppers,
                past + FUTURE,
                0,
                ACCEPTANCE,
                BasketKind.SMALL,
                timetable,
                WorldVariant.STANDARD,
                false);
    }
}
