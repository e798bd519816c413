package dev.kombo.shop.command;

import dev.kombo.config.KomboConfig;
import dev.kombo.console.CommandException;
import dev.kombo.console.StrategyFile;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.shop.data.EventFileFormat;
import dev.kombo.shop.data.ShopFiles;
import dev.kombo.shop.plan.ShopPast;
import java.io.IOException;
import java.nio.file.Path;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** Options of commands that evaluate an experiment on a shop's past: its events, and the arms. */
final class PastOptions {
    @Option(
            names = "--orders",
            required = true,
            paramLabel = "FILE",
            description = "File of orders or events, plain or gzip; tables may be .xlsx.")
    private Path file;

    @Option(
            names = "--format",
            paramLabel = "NAME",
            defaultValue = ShopFiles.NAME,
            description = "Format of the file, as in replay; default orders, whose columns are recognised.")
    private String format;

    @Option(names = "--mapping", paramLabel = "FILE", description = "Column mapping, for csv.")
    private Path mapping;

    @Mixin
    private final OrderFileOptions files = new OrderFileOptions();

    @Option(
            names = "--strategy",
            paramLabel = "FILE",
            description = "The strategy whose arms are used: a record Strategy as JSON; default the standard one.")
    private Path strategy;

    /** Reads the events. */
    ShopPast past(KomboConfig config) throws IOException {
        OptionChecks.file(file);
        Path table = files.csv(file);
        EventFileFormat rows = format.equals(ShopFiles.NAME) && mapping == null
                ? ShopFiles.guess(table, null, null, files.given())
                : EventFileFormat.named(format, mapping);
        return ShopPast.read(rows, table, ProfileLimits.of(config));
    }

    /** The strategy, which has a holdout and a treatment. */
    StrategyPlan plan() {
        StrategyPlan plan =
                strategy == null ? StrategyPlan.standard() : StrategyFile.plan(strategy, StrategyFile.record(strategy));
        if (count(plan, Arm.Kind.HOLDOUT) == 0 || count(plan, Arm.Kind.TREATMENT) == 0) {
            throw CommandException.mistake(
                    "the strategy needs a holdout and a treatment with a share: they are what is compared");
        }
        return plan;
    }

    /** Number of arms of a kind that get shoppers. */
    static int count(StrategyPlan plan, Arm.Kind kind) {
        return (int) plan.arms().stream()
                .filter(arm -> arm.kind() == kind && arm.share() > 0)
                .count();
    }
}
