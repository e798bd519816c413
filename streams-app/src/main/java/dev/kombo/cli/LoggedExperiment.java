package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.console.Brokers;
import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.console.StrategyFile;
import dev.kombo.experiment.StrategyPlan;
import java.nio.file.Path;
import java.util.Set;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** The options of whatif, which reads what was logged of one arm of an experiment. */
final class LoggedExperiment {
    @Option(
            names = "--strategy",
            required = true,
            paramLabel = "FILE",
            description = "The strategy: a record Strategy as JSON; its salt is the experiment id.")
    private Path strategy;

    @Option(
            names = "--arm",
            paramLabel = "NAME",
            description = "Arm of the file to evaluate; default its first treatment.")
    String arm;

    @Option(
            names = "--currency",
            paramLabel = "CODE",
            description = "Currency in which revenue is counted; needed if there are several.")
    String currency;

    @Mixin
    private SettingsOptions settings;

    StrategyPlan plan() {
        return StrategyFile.plan(strategy, StrategyFile.record(strategy));
    }

    /** Returns the settings; the brokers answer. */
    KomboConfig reachable() {
        KomboConfig config = settings.config();
        Brokers.requireReachable(config);
        return config;
    }

    /**
     * Returns the currency of all revenue; empty if there is none.
     *
     * @throws CommandException if there are several and none was named
     */
    String onlyCurrency(Set<String> currencies) {
        if (currency != null) {
            return currency;
        }
        if (currencies.size() > 1) {
            throw CommandException.mistake("revenue is in several currencies, which are never added: choose one of "
                    + String.join(", ", currencies) + " with --currency");
        }
        return String.join("", currencies);
    }
}
