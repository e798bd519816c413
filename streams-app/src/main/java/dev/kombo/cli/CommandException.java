package dev.kombo.cli;

import java.util.List;
import picocli.CommandLine.ExitCode;

/** Ends a command with a message for the person who started it and an exit code; its stack trace tells them nothing. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> lines;

    private CommandException(int exitCode, List<String> lines, Throwable cause) {
        super(String.join(System.lineSeparator(), lines), cause);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** What was asked for cannot be done as asked: exit code 2. */
    public static CommandException mistake(String message) {
        return new CommandException(ExitCode.USAGE, List.of(message), null);
    }

    /** What was asked for cannot be done as asked, for several reasons: exit code 2. */
    public static CommandException mistakes(List<String> messages, Throwable cause) {
        return new CommandException(ExitCode.USAGE, messages, cause);
    }

    /** What was asked for was tried and failed: exit code 1. */
    public static CommandException failure(String message) {
        return new CommandException(ExitCode.SOFTWARE, List.of(message), null);
    }

    /** What was asked for was tried and failed: exit code 1. */
    public static CommandException failure(String message, Throwable cause) {
        return new CommandException(ExitCode.SOFTWARE, List.of(message), cause);
    }

    int exitCode() {
        return exitCode;
    }

    List<String> lines() {
        return lines;
    }
}
