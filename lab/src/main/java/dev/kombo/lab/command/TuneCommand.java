package dev.kombo.lab.command;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.cli.CommandException;
import dev.kombo.cli.SettingsOptions;
import dev.kombo.cli.StopSignal;
import dev.kombo.cli.TextTable;
import dev.kombo.lab.quality.data.Part;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.RunOptions;
import dev.kombo.lab.quality.protocol.SeedRunner;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.lab.quality.tuning.SearchSpace;
import dev.kombo.lab.replay.ProgressDisplay;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.ExitCode;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Searches settings with which the engine ranks better on the part of a data set that choices are made on, at random. */
@Command(
        name = "tune",
        description = "Tries random settings on the part tune of a public data set; settings given stay fixed.")
final class TuneCommand implements Callable<Integer> {
    private static final int INTERRUPTED = 130;
    private static final int SHOWN = 10;
    private static final ObjectMapper MAPPER = new ObjectMapper();

    @Option(names = "--dataset", required = true, paramLabel = "NAME", description = "As for evaluate.")
    private String dataset;

    @Option(names = "--dir", required = true, paramLabel = "DIR", description = "Folder with the data set's files.")
    private Path dir;

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "20",
            description = "Settings to try, the defaults first; default ${DEFAULT-VALUE}.")
    private int samples;

    @Option(names = "--minutes", paramLabel = "M", description = "No trial is begun later; default no limit.")
    private double minutes = Double.POSITIVE_INFINITY;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Another number tries other settings; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--metric", paramLabel = "NAME", description = "What is to be high; default the first one.")
    private String metric;

    @Option(
            names = "--out",
            paramLabel = "FILE",
            description = "Adds each trial as a line of JSON; those that are there already are not run again.")
    private Path out;

    @Option(names = "--no-progress", description = "Do not show how far it has come.")
    private boolean noProgress;

    @Mixin
    private final SettingsOptions settings;

    @Spec
    private CommandSpec spec;

    private final List<Protocol> protocols;
    private final List<Trial> trials = new ArrayList<>();
    private Map<String, String> fixed;
    private SearchSpace space;
    private PrintWriter screen;
    private Instant end;

    /**
     * A trial, as a line of the file.
     *
     * @param settings all that differ from the defaults
     * @param values metric to value
     */
    record Trial(String dataset, Map<String, String> settings, Map<String, Double> values) {}

    TuneCommand(Map<String, String> environment, List<Protocol> protocols) {
        this.protocols = protocols;
        this.settings = new SettingsOptions(environment);
    }

    @Override
    public Integer call() throws Exception {
        Protocol protocol = ProtocolChoice.dataset(protocols, dataset);
        if (samples < 1 || !(minutes > 0)) {
            throw CommandException.mistake("--samples is %d and --minutes is %s, at least 1 and above 0 are expected"
                    .formatted(samples, minutes));
        }
        fixed = settings.gather(Map.of());
        space = SearchSpace.without(fixed.keySet());
        if (space.isEmpty()) {
            throw CommandException.mistake("all settings that could be searched are given");
        }
        ProtocolChoice.reading(() -> protocol.open(options(fixed)));
        List<Trial> known = known();
        screen = spec.commandLine().getOut();
        end = Double.isInfinite(minutes) ? Instant.MAX : Instant.now().plusMillis(Math.round(minutes * 60_000));
        int code = ExitCode.OK;
        try (StopSignal stop = StopSignal.install();
                ProgressDisplay display = Terminal.progress(noProgress, "tune", "events")) {
            SeedRunner runner = new SeedRunner(Runtime.getRuntime().availableProcessors(), display);
            List<Long> numbers = LongStream.range(0, samples).boxed().toList();
            stop.interruptibly(() -> runner.run((number, progress) -> run(protocol, known, number, progress), numbers));
        } catch (InterruptedException e) {
            code = INTERRUPTED;
        }
        printBest();
        return code;
    }

    private RunOptions options(Map<String, String> tried) {
        return new RunOptions(dir, Part.TUNE, null, List.of(Networks.KOMBO), tried);
    }

    private List<Trial> known() throws IOException {
        List<Trial> known = new ArrayList<>();
        if (out != null && Files.exists(out)) {
            for (String line : Files.readAllLines(out)) {
                try {
                    known.add(MAPPER.readValue(line, Trial.class));
                } catch (JsonProcessingException ignored) {
                    // The last line of a process that was killed.
                }
            }
        }
        return known;
    }

    private Boolean run(Protocol protocol, List<Trial> known, long number, Progress progress)
            throws InterruptedException {
        Map<String, String> tried = new TreeMap<>(number == 0 ? Map.of() : space.draw(seed, number));
        tried.putAll(fixed);
        Trial found = known.stream()
                .filter(trial ->
                        trial.dataset().equals(dataset) && trial.settings().equals(tried))
                .findFirst()
                .orElse(null);
        if (found == null && Instant.now().isAfter(end)) {
            return false;
        }
        Instant begun = Instant.now();
        Trial trial = found != null
                ? found
                : new Trial(
                        dataset,
                        tried,
                        ProtocolChoice.reading(() -> protocol.open(options(tried)))
                                .run(1, progress)
                                .metrics()
                                .get(Networks.KOMBO));
        note(
                number,
                trial,
                found == null,
                Duration.between(begun, Instant.now()).toSeconds());
        return true;
    }

    private synchronized void note(long number, Trial trial, boolean ran, long seconds) {
        if (metric == null) {
            metric = trial.values().keySet().iterator().next();
        }
        if (!trial.values().containsKey(metric)) {
            throw CommandException.mistake(
                    "no metric " + metric + "; known are " + trial.values().keySet());
        }
        trials.add(trial);
        String how = ran ? seconds + " s" : "known";
        screen.printf(Locale.ROOT, "%d: %s %.4f (%s)%s%n", number, metric, value(trial), how, given(trial));
        screen.flush();
        if (ran && out != null) {
            try {
                Files.writeString(
                        out,
                        MAPPER.writeValueAsString(trial) + "\n",
                        StandardOpenOption.CREATE,
                        StandardOpenOption.APPEND);
            } catch (IOException e) {
                throw CommandException.failure(out + " cannot be written: " + e, e);
            }
        }
    }

    private double value(Trial trial) {
        return trial.values().get(metric);
    }

    private static String given(Trial trial) {
        return trial.settings().entrySet().stream()
                .map(setting -> " --set " + setting.getKey() + "=" + setting.getValue())
                .collect(Collectors.joining());
    }

    private void printBest() {
        if (trials.isEmpty()) {
            throw CommandException.failure("no trial was finished; give it more --minutes");
        }
        trials.sort(Comparator.comparingDouble(this::value).reversed());
        TextTable table = new TextTable("place", metric, "settings");
        for (int i = 0; i < Math.min(SHOWN, trials.size()); i++) {
            table.row(
                    i + 1,
                    String.format(Locale.ROOT, "%.4f", value(trials.get(i))),
                    given(trials.get(i)).strip());
        }
        screen.printf("%n%s%n%d trials, one seed each.%n", table, trials.size());
        screen.println("The best was picked for its figure: another seed, or the test part, would show a lower one.");
        screen.println("./kombo evaluate --dataset " + dataset + " --dir DIR --part tune" + given(trials.get(0)));
        screen.flush();
    }
}
