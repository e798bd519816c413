package dev.kombo.console;

import java.util.List;
import picocli.CommandLine.ExitCode;

/** Ends a command with a message for the user and an exit code, without a stack trace. */
public final class CommandException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;
    private final transient List<String> lines;

    private CommandException(int exitCode, List<String> lines, Throwable cause) {
        super(String.join(System.lineSeparator(), lines), cause);
        this.exitCode = exitCode;
        this.lines = List.copyOf(lines);
    }

    /** A mistake in the request, such as an invalid option: exit code 2. */
    public static CommandException mistake(String message) {
        return new CommandException(ExitCode.USAGE, List.of(message), null);
    }

    /** Several mistakes in the request: exit code 2. */
    public static CommandException mistakes(List<String> messages, Throwable cause) {
        return new CommandException(ExitCode.USAGE, messages, cause);
    }

    /** A valid request that failed: exit code 1. */
    public static CommandException failure(String message) {
        return new CommandException(ExitCode.SOFTWARE, List.of(message), null);
    }

    /** A valid request that failed: exit code 1. */
    public static CommandException failure(String message, Throwable cause) {
        return new CommandException(ExitCode.SOFTWARE, List.of(message), cause);
    }

    public int exitCode() {
        return exitCode;
    }

    public List<String> lines() {
        return lines;
    }
}
