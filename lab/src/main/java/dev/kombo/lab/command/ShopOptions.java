package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.HumanDuration;
import dev.kombo.lab.shop.ShopSettings;
import java.nio.file.Path;
import java.time.Duration;
import picocli.CommandLine.Option;

/** What the simulated shop is like, for the commands that run it. */
final class ShopOptions {
    @Option(
            names = "--duration",
            paramLabel = "TIME",
            converter = HumanDuration.class,
            description = "How long the shop is open, such as 60s or 5m; default: until Ctrl-C.")
    private Duration duration;

    @Option(names = "--seed", paramLabel = "N", description = "Another number is another shop; default 7.")
    private Long seed;

    @Option(names = "--shoppers", paramLabel = "N", description = "Shoppers with an account; default 400.")
    private Integer shoppers;

    @Option(names = "--rate", paramLabel = "N", description = "Events a second; default 200.")
    private Double rate;

    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path summary;

    /** How long the shop is open; null: until told to stop. */
    Duration duration() {
        return duration;
    }

    /** File to write the figures to, or null. */
    Path summary() {
        return summary;
    }

    /**
     * The shop that was asked for.
     *
     * @throws CommandException where a number is out of range, or the summary cannot be written
     */
    ShopSettings shop() {
        Outputs.checkSummary(summary);
        ShopSettings shop = ShopSettings.defaults();
        try {
            shop = seed == null ? shop : shop.withSeed(seed);
            shop = shoppers == null ? shop : shop.withShoppers(shoppers);
            return rate == null ? shop : shop.withEventsPerSecond(rate);
        } catch (IllegalArgumentException e) {
            throw CommandException.mistake(e.getMessage());
        }
    }
}
