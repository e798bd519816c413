package dev.kombo.cli;

import java.util.List;
import java.util.Locale;
import picocli.CommandLine;
import picocli.CommandLine.IFactory;

/** Assembles the command line. */
public final class KomboCommandLine {
    private KomboCommandLine() {}

    /**
     * Returns the root command with its subcommands.
     *
     * @param wiring dependencies of the commands
     * @param more further subcommands: objects with picocli's annotations
     */
    public static CommandLine create(CommandContext wiring, List<Object> more) {
        // Messages are in English whatever the machine speaks. Kafka Streams formats one for each task that waits for
        // input: in this locale the JDK need not look up digits for it, which was 5 % of all allocation.
        Locale.setDefault(Locale.US);
        KomboCommand root = new KomboCommand();
        CommandLine line = new CommandLine(root, new SettingsFactory(wiring));
        more.forEach(line::addSubcommand);
        line.addSubcommand(new RunCommand(wiring));
        line.addSubcommand(new TopicsCommand());
        line.addSubcommand(new TopologyCommand(wiring));
        line.addSubcommand(new CatalogCommand(wiring));
        line.addSubcommand(new OffersCommand(wiring));
        line.addSubcommand(new ReportCommand(wiring));
        line.addSubcommand(new WhatifCommand());
        line.addSubcommand(new TokenCommand());
        line.addSubcommand(new WebhookCommand());
        line.addSubcommand(new SkipCommand());
        line.addSubcommand(new LeaveCommand());
        line.addSubcommand(new ResetCommand());
        line.addSubcommand(new ExportCommand());
        line.addSubcommand(new ImportCommand());
        line.addSubcommand(new PseudonymCommand());
        line.addSubcommand(new CompletionCommand());
        CommandErrors mistakes = new CommandErrors(root);
        line.setParameterExceptionHandler(mistakes::onParameters);
        line.setExecutionExceptionHandler(mistakes::onFailure);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }

    /** Creates objects that picocli cannot: the options of settings need the environment. */
    private record SettingsFactory(CommandContext wiring) implements IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            return type == SettingsOptions.class
                    ? type.cast(new SettingsOptions(wiring.environment()))
                    : CommandLine.defaultFactory().create(type);
        }
    }
}
