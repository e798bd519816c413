package dev.kombo.cli;

import dev.kombo.config.NearestName;
import dev.kombo.console.CommandException;
import dev.kombo.table.DataException;
import java.io.PrintWriter;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import picocli.CommandLine;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** Reports errors of commands: one line on standard error, and a stack trace only on request. */
final class CommandErrors {
    /** Exit code of an interrupted command, by the convention of shells. */
    private static final int INTERRUPTED = 130;

    private final KomboCommandLine.KomboCommand root;

    CommandErrors(KomboCommandLine.KomboCommand root) {
        this.root = root;
    }

    /** Reports invalid arguments. */
    int onParameters(CommandLine.ParameterException mistake, String[] arguments) {
        CommandLine command = mistake.getCommandLine();
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        err.println(name + ": " + describe(mistake, command.getCommandSpec()) + "; see " + name + " --help");
        if (List.of(arguments).contains("--stacktrace")) {
            mistake.printStackTrace(err);
        }
        return ExitCode.USAGE;
    }

    private static String describe(CommandLine.ParameterException mistake, CommandSpec spec) {
        if (mistake instanceof CommandLine.UnmatchedArgumentException unmatched
                && !unmatched.getUnmatched().isEmpty()) {
            String typed = unmatched.getUnmatched().get(0);
            if (typed.startsWith("-")) {
                return "unknown option " + typed
                        + suggestion(
                                typed,
                                spec.options().stream()
                                        .map(OptionSpec::longestName)
                                        .collect(Collectors.toSet()));
            }
            return spec.subcommands().isEmpty()
                    ? "unexpected argument " + typed
                    : "unknown command " + typed
                            + suggestion(typed, spec.subcommands().keySet());
        }
        return spec.subcommands().isEmpty()
                ? firstLine(mistake.getMessage())
                : "missing command; available: "
                        + String.join(", ", spec.subcommands().keySet());
    }

    private static String suggestion(String typed, Set<String> names) {
        return NearestName.of(typed, names)
                .map(name -> ", did you mean " + name + "?")
                .orElse("");
    }

    /** Reports an exception that ended a command. */
    int onFailure(Exception failure, CommandLine command, CommandLine.ParseResult parsed) {
        String name = command.getCommandSpec().qualifiedName();
        PrintWriter err = command.getErr();
        if (root.stackTrace) {
            failure.printStackTrace(err);
        }
        if (failure instanceof CommandException known) {
            known.lines().forEach(line -> err.println(name + ": " + line));
            return known.exitCode();
        }
        if (failure instanceof DataException) {
            err.println(name + ": " + failure.getMessage());
            return ExitCode.USAGE;
        }
        if (failure instanceof InterruptedException) {
            command.getOut().println("Stopped.");
            return INTERRUPTED;
        }
        err.println(name + ": failed: " + summary(failure) + (root.stackTrace ? "" : "; --stacktrace shows where"));
        return ExitCode.SOFTWARE;
    }

    private static String summary(Throwable failure) {
        String type = failure.getClass().getSimpleName();
        return failure.getMessage() == null ? type : type + ": " + firstLine(failure.getMessage());
    }

    private static String firstLine(String text) {
        return text.lines().findFirst().orElse(text);
    }
}
