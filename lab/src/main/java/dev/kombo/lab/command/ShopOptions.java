package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.HumanDuration;
import dev.kombo.lab.simulation.ShopSettings;
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

    @Option(names = "--shoppers", paramLabel = "N", description = "Shoppers; default 3200.")
    private Integer shoppers;

    @Option(
            names = "--past",
            paramLabel = "DAYS",
            description = "How many days before the present a new shop begins; default 90.")
    private Integer past;

    @Option(
            names = "--pace",
            paramLabel = "TIME",
            converter = HumanDuration.class,
            description = "How long such a day takes at least, such as 2s; default 2s.")
    private Duration pace;

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
        Checks.output(summary, "--summary");
        ShopSettings standard = ShopSettings.defaults();
        try {
            return new ShopSettings(
                    seed == null ? standard.seed() : seed,
                    shoppers == null ? standard.shoppers() : shoppers,
                    past == null ? standard.past() : past,
                    pace == null ? standard.pace() : pace);
        } catch (IllegalArgumentException e) {
            throw CommandException.mistake(e.getMessage());
        }
    }
}
