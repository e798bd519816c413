package dev.kombo.lab.command;

import dev.kombo.console.CommandException;
import dev.kombo.console.SettingsOptions;
import dev.kombo.lab.JsonFile;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Base of the lab's commands: settings of the service, and figures that may be written as JSON. */
abstract class LabCommand implements Callable<Integer> {
    @Option(names = "--summary", paramLabel = "FILE", description = "Write the figures as JSON.")
    private Path summary;

    @Mixin
    SettingsOptions settings;

    @Spec
    CommandSpec spec;

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
    abstract void run(PrintWriter out) throws Exception;

    /** Whether a file is named for the figures. */
    final boolean summarises() {
        return summary != null;
    }

    /** Writes the figures as JSON if requested. */
    void summarise(Object figures) {
        try {
            if (summarises()) {
                JsonFile.write(summary, figures);
            }
        } catch (IOException e) {
            throw CommandException.failure("the figures cannot be written to " + summary + ": " + e.getMessage(), e);
        }
    }
}
