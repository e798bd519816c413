package dev.kombo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.ScopeType;
import picocli.CommandLine.Spec;

/** The root of all commands; does nothing by itself. */
@Command(
        name = "kombo",
        description = "Real-time recommendation engine for product bundles.",
        mixinStandardHelpOptions = true,
        versionProvider = KomboVersion.class,
        scope = ScopeType.INHERIT,
        sortOptions = false,
        usageHelpAutoWidth = true,
        synopsisSubcommandLabel = "COMMAND",
        exitCodeListHeading = "%nExit codes:%n",
        exitCodeList = {"0:done", "1:failed", "2:what was asked for cannot be done as asked"})
final class KomboCommand implements Runnable {
    @Option(
            names = "--stacktrace",
            scope = ScopeType.INHERIT,
            description = "Where a command fails, show where in the code.")
    boolean stackTrace;

    @Spec
    private CommandSpec spec;

    @Override
    public void run() {
        throw new ParameterException(spec.commandLine(), "which command? There are " + names());
    }

    private String names() {
        return String.join(", ", spec.subcommands().keySet());
    }
}
