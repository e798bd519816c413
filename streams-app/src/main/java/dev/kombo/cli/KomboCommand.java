package dev.kombo.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.ScopeType;

/** The root command; it does nothing itself. */
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
        exitCodeList = {"0:done", "1:failed", "2:the command cannot be run as given"})
final class KomboCommand {
    @Option(names = "--stacktrace", scope = ScopeType.INHERIT, description = "Show the stack trace if a command fails.")
    boolean stackTrace;
}
