package dev.kombo.console;

import java.io.PrintWriter;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/** A command that prints what it did, and exits with 0 or 1. */
public abstract class PrintingCommand implements Callable<Integer> {
    @Spec
    private CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        PrintWriter out = spec.commandLine().getOut();
        try {
            return run(out) ? ExitCode.OK : ExitCode.SOFTWARE;
        } finally {
            out.flush();
        }
    }

    /** Runs the command; returns false to exit with 1. */
    protected abstract boolean run(PrintWriter out) throws Exception;
}
