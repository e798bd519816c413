package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.StopSignal;
import dev.kombo.lab.replay.ProgressDisplay;
import dev.kombo.lab.study.Study;
import dev.kombo.lab.study.StudyReport;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Simulates experiments whose truth is known, and tells how often the intervals of uplift miss it. */
@Command(
        name = "study",
        description =
                "Simulates experiments whose truth is known, and tells how often the intervals of uplift miss it.")
final class StudyCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int MOST_RUNS = 100_000;

    @Option(
            names = "--runs",
            paramLabel = "N",
            defaultValue = "2000",
            description = "Experiments of each kind; default ${DEFAULT-VALUE}.")
    private int runs;

    @Option(names = "--seed", paramLabel = "N", defaultValue = "1", description = "Decides all draws; default 1.")
    private long seed;

    @Option(names = "--page", paramLabel = "FILE", description = "Write the figures as Markdown.")
    private Path page;

    @Option(names = "--no-progress", description = "Do not show how far it has come.")
    private boolean noProgress;

    @Spec
    private CommandSpec spec;

    @Override
    public Integer call() throws Exception {
        if (runs < 1 || runs > MOST_RUNS) {
            throw CommandException.mistake("--runs is " + runs + ", 1 to " + MOST_RUNS + " is expected");
        }
        Outputs.check(page, "--page");
        PrintWriter out = spec.commandLine().getOut();
        StudyReport report;
        try (StopSignal stop = StopSignal.install();
                ProgressDisplay display = Terminal.progress(noProgress, "study", "runs")) {
            Study study = new Study(seed, Runtime.getRuntime().availableProcessors(), display);
            report = stop.interruptibly(() -> study.run(runs));
        } catch (InterruptedException e) {
            out.println("Stopped.");
            out.flush();
            return INTERRUPTED;
        }
        out.println();
        out.print(report.text());
        out.flush();
        if (page != null) {
            Files.writeString(page, report.markdown());
        }
        return ExitCode.OK;
    }
}
