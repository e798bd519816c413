package dev.kombo.cli;

import java.util.List;
import picocli.CommandLine;

/** Puts the command line together. */
public final class KomboCommandLine {
    private KomboCommandLine() {}

    /**
     * The root command with its subcommands.
     *
     * @param wiring what they are connected to
     * @param more further subcommands: objects with picocli's annotations
     */
    public static CommandLine create(Wiring wiring, List<Object> more) {
        KomboCommand root = new KomboCommand();
        CommandLine line = new CommandLine(root);
        more.forEach(line::addSubcommand);
        line.addSubcommand(new RunCommand(wiring));
        line.addSubcommand(new CommandLine(new TopicsCommand())
                .addSubcommand(new TopicsCheckCommand(wiring))
                .addSubcommand(new TopicsCreateCommand(wiring))
                .addSubcommand(new TopicsManifestCommand(wiring)));
        line.addSubcommand(new TopologyCommand(wiring));
        line.addSubcommand(new OffersCommand(wiring));
        line.addSubcommand(new ReportCommand(wiring));
        line.addSubcommand(new WhatifCommand(wiring));
        line.addSubcommand(new TokenCommand());
        line.addSubcommand(new CompletionCommand());
        Mistakes mistakes = new Mistakes(root);
        line.setParameterExceptionHandler(mistakes::onParameters);
        line.setExecutionExceptionHandler(mistakes::onFailure);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        return line;
    }
}
