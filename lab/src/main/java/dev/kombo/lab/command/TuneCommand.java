package dev.kombo.lab.command;

import dev.kombo.cli.CommandException;
import dev.kombo.cli.SettingsOptions;
import dev.kombo.cli.StopSignal;
import dev.kombo.cli.TextTable;
import dev.kombo.lab.quality.data.Part;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.RunOptions;
import dev.kombo.lab.quality.tuning.Journal;
import dev.kombo.lab.quality.tuning.JournalException;
import dev.kombo.lab.quality.tuning.Objective;
import dev.kombo.lab.quality.tuning.SearchHeader;
import dev.kombo.lab.quality.tuning.SearchResult;
import dev.kombo.lab.quality.tuning.Standing;
import dev.kombo.lab.quality.tuning.SuccessiveHalving;
import dev.kombo.lab.replay.ProgressDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches settings with which the engine ranks better on the part of a data set that choices are made on. */
@Command(
        name = "tune",
        description = "Searches better settings on the part tune of a public data set; settings given stay fixed.")
final class TuneCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int SHOWN = 10;

    @Option(
            names = "--dataset",
            required = true,
            paramLabel = "NAME",
            description = "youshu; the others have no objective to tune by.")
    private String dataset;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Folder with the data set's files.")
    private Path dir;

    @Option(
            names = "--minutes",
            required = true,
            paramLabel = "M",
            description =
                    "Time for the whole search, earlier runs of its journal included; the last trials may take longer.")
    private double minutes;

    @Option(names = "--resume", description = "Go on with the journal of an earlier search, where there is one.")
    private boolean resume;

    @Option(
            names = "--journal",
            paramLabel = "FILE",
            description = "Keeps each trial as a line of JSON; default .kombo/tune-NAME.jsonl.")
    private Path journal;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Another number tries other settings; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--no-progress", description = "Do not show how far it has come.")
    private boolean noProgress;

    @Mixin
    private final SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    private final List<Protocol> protocols;

    TuneCommand(Map<String, String> environment, List<Protocol> protocols) {
        this.protocols = protocols;
        this.settings = new SettingsOptions(environment);
    }

    @Override
    public Integer call() throws Exception {
        Protocol protocol = ProtocolChoice.dataset(protocols, dataset);
        if (!(minutes > 0 && minutes < 1e6)) {
            throw CommandException.mistake("--minutes is " + minutes + ", a time above 0 is expected");
        }
        Map<String, String> fixed = settings.gather(Map.of());
        Objective objective = objective(protocol, fixed);
        Path file = journal != null ? journal : Path.of(".kombo", "tune-" + dataset + ".jsonl");
        SearchHeader header =
                new SearchHeader(dataset, objective.metric(), objective.space().describe(), fixed, seed);
        PrintWriter out = spec.commandLine().getOut();
        try (StopSignal stop = StopSignal.install();
                Journal kept = Journal.open(file, header, resume)) {
            out.println("Journal: " + file);
            out.flush();
            SearchResult result = stop.interruptibly(() -> search(objective, kept));
            print(result, objective.metric(), fixed, out);
            return ExitCode.OK;
        } catch (JournalException e) {
            throw CommandException.mistake(e.getMessage());
        } catch (InterruptedException e) {
            out.println("Stopped; --resume goes on from here.");
            out.flush();
            return INTERRUPTED;
        }
    }

    private Objective objective(Protocol protocol, Map<String, String> fixed) {
        RunOptions options = new RunOptions(dir, Part.TUNE, null, protocol.methods(), fixed);
        Objective whole = ProtocolChoice.reading(() -> protocol.objective(options))
                .orElseThrow(() -> CommandException.mistake("nothing is to be tuned on " + dataset));
        Objective open = new Objective(whole.metric(), whole.space().without(fixed.keySet()), whole.trial());
        if (open.space().parameters().isEmpty()) {
            throw CommandException.mistake("all settings that could be searched are given");
        }
        return open;
    }

    private SearchResult search(Objective objective, Journal kept) throws IOException, InterruptedException {
        double seconds = minutes * 60;
        try (ProgressDisplay display = Terminal.progress(noProgress, "tune", "trials")) {
            return SuccessiveHalving.search(
                    objective,
                    seed,
                    kept,
                    new SuccessiveHalving.Budget(seconds, Runtime.getRuntime().availableProcessors(), System::nanoTime),
                    (gone, trials) -> display.update(
                            Math.round(1000 * Math.min(gone, seconds)), Math.round(1000 * seconds), trials));
        }
    }

    private void print(SearchResult result, String metric, Map<String, String> fixed, PrintWriter out) {
        if (result.standings().isEmpty()) {
            throw CommandException.failure(
                    result.trials() == 0
                            ? "no trial was finished in time; give it more with --minutes and --resume"
                            : "all " + result.trials() + " trials failed, the first with " + result.firstError());
        }
        TextTable table = new TextTable("place", metric, "sd", "seeds", "of the stream", "configuration");
        List<Standing> best = result.standings();
        for (int i = 0; i < best.size(); i++) {
            boolean defaults = best.get(i).configuration().settings().isEmpty();
            if (i < SHOWN || defaults) {
                row(table, i + 1, best.get(i));
            }
        }
        out.println();
        out.print(table);
        out.println();
        out.printf(
                Locale.ROOT,
                "%,d configurations, %,d trials, %,d failed%s.%n",
                best.size(),
                result.trials(),
                result.failures(),
                result.failures() == 0 ? "" : ", the first with " + result.firstError());
        out.println(
                "The best was picked for its figure: that is higher than another seed or the test part would show.");
        printCommand(best.get(0), fixed, out);
        out.flush();
    }

    private static void row(TextTable table, int place, Standing standing) {
        boolean several = standing.seeds() > 1;
        table.row(
                place,
                String.format(Locale.ROOT, "%.4f", standing.scores().mean()),
                several ? String.format(Locale.ROOT, "%.4f", standing.scores().sd()) : "",
                standing.seeds(),
                String.format(Locale.ROOT, "%.2f", standing.share()),
                standing.configuration().name());
    }

    private void printCommand(Standing best, Map<String, String> fixed, PrintWriter out) {
        StringBuilder command = new StringBuilder("./kombo evaluate --dataset " + dataset + " --dir DIR --part tune");
        fixed.forEach((name, value) ->
                command.append(" --set ").append(name).append('=').append(value));
        if (!best.configuration().settings().isEmpty()) {
            command.append(' ').append(best.configuration().options());
        }
        out.println(best.configuration().settings().isEmpty() ? "Nothing was better than the defaults:" : "The best:");
        out.println(command);
    }
}
