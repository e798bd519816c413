package dev.kombo.shop.command;

import dev.kombo.console.CommandException;
import dev.kombo.console.HumanDuration;
import dev.kombo.shop.simulation.ShopSettings;
import java.time.Duration;
import picocli.CommandLine.Option;

/** The options of {@code kombo demo} and {@code kombo shop}: how many shoppers, from when on, how fast. */
final class ShopOptions {
    private static final int MOST_SHOPPERS = 100_000;
    private static final int MOST_PAST = 365;
    private static final Duration FASTEST = Duration.ofMillis(100);
    private static final Duration SLOWEST = Duration.ofDays(1);

    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = HumanDuration.class,
            description = "How long the shop is open, such as 60s or 5m; default: until Ctrl-C.")
    Duration duration;

    @Option(names = "--seed", paramLabel = "N", description = "Seed of the shop; default 7.")
    private long seed = ShopSettings.STANDARD.seed();

    @Option(names = "--shoppers", paramLabel = "N", description = "Number of shoppers; default 3200.")
    private int shoppers = ShopSettings.STANDARD.shoppers();

    @Option(
            names = "--past",
            paramLabel = "DAYS",
            description = "Days before the present at which a new shop begins; default 90.")
    private int past = ShopSettings.STANDARD.past();

    @Option(
            names = "--pace",
            paramLabel = "TIME",
            converter = HumanDuration.class,
            description = "Shortest duration of one of these days; default 2s.")
    private Duration pace = ShopSettings.STANDARD.pace();

    /** Returns the settings of the shop, validated. */
    ShopSettings shop() {
        OptionChecks.within("--shoppers", shoppers, 1, MOST_SHOPPERS);
        OptionChecks.within("--past", past, 1, MOST_PAST);
        if (pace.compareTo(FASTEST) < 0 || pace.compareTo(SLOWEST) > 0) {
            throw CommandException.mistake("--pace is " + pace.toMillis() + " ms, 100ms to 24h is expected");
        }
        return new ShopSettings(seed, shoppers, past, pace);
    }
}
