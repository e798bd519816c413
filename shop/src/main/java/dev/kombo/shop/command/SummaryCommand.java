package dev.kombo.shop.command;

import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.shop.JsonFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** A command with settings of the service, whose figures may be written as JSON. */
public abstract class SummaryCommand implements Callable<Integer> {
    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path summary;

    @Mixin
    protected SettingsOptions settings;

    @Spec
    protected CommandSpec spec;

    @Override
    public final Integer call() throws Exception {
        OptionChecks.output(summary, "--summary");
        run(spec.commandLine().getOut());
        return ExitCode.OK;
    }

    /**
     * Runs the command.
     *
     * @throws InterruptedException if asked to stop
     */
    protected abstract void run(PrintWriter out) throws Exception;

    /** Whether a file is named for the figures. */
    protected final boolean summarises() {
        return summary != null;
    }

    /** Writes the figures as JSON if requested. */
    protected final void summarise(Object figures) {
        try {
            if (summarises()) {
                JsonFile.write(summary, figures);
            }
        } catch (IOException e) {
            throw CommandException.failure("the figures cannot be written to " + summary + ": " + e.getMessage(), e);
        }
    }
}
