package dev.kombo.research.command;

import dev.kombo.console.CommandException;
import dev.kombo.console.Figures;
import dev.kombo.research.data.PredictedPart;
import dev.kombo.research.evaluation.EvaluationOptions;
import dev.kombo.research.evaluation.Networks;
import dev.kombo.research.evaluation.Protocol;
import dev.kombo.shop.command.OptionChecks;
import dev.kombo.shop.command.SeedRuns;
import dev.kombo.shop.command.SummaryCommand;
import java.io.PrintWriter;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.LongStream;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/**
 * Searches settings at random; the settings tried depend only on the seed, not on the number of threads. It uses only
 * the tuning part of a data set, as any other part would lose its value as a test.
 */
@Command(
        name = "tune",
        description = "Tries random settings of the ranker on the tuning part of a public data set, or on your own"
                + " orders (next-basket); given settings stay fixed.")
final class TuneCommand extends SummaryCommand {
    private static final int MOST_SAMPLES = 100_000;

    @Mixin
    private final DataSetOptions data = new DataSetOptions();

    @Mixin
    private final SeedRuns runs = new SeedRuns();

    @Option(
            names = "--samples",
            paramLabel = "N",
            defaultValue = "20",
            description = "Number of settings to try, the defaults first; default ${DEFAULT-VALUE}.")
    private int samples;

    @Option(
            names = "--seed",
            paramLabel = "S",
            defaultValue = "1",
            description = "Seed of the settings to try; default ${DEFAULT-VALUE}.")
    private long seed;

    @Option(names = "--metric", paramLabel = "NAME", description = "Metric to maximise; default the first one.")
    private String metric;

    private final List<Protocol> protocols;
    private TriedSettings best;

    /** Settings and the resulting value of the metric. */
    private record TriedSettings(Map<String, String> settings, double value) {
        String options() {
            return settings.entrySet().stream()
                    .map(setting -> " --set " + setting.getKey() + "=" + setting.getValue())
                    .collect(Collectors.joining());
        }
    }

    TuneCommand(List<Protocol> protocols) {
        this.protocols = protocols;
    }

    @Override
    protected void run(PrintWriter out) throws Exception {
        Protocol protocol = data.protocol(protocols);
        OptionChecks.within("--samples", samples, 1, MOST_SAMPLES);
        Map<String, String> fixed = settings.gather(Map.of());
        SearchSpace space = SearchSpace.without(fixed.keySet());
        if (space.isEmpty()) {
            throw CommandException.mistake("all searchable settings are given");
        }
        DataSetOptions.open(protocol, options(protocol, fixed));
        try {
            runs.run(
                    "tune",
                    "events",
                    (number, progress) -> {
                        Map<String, String> tried = new TreeMap<>(number == 0 ? Map.of() : space.draw(seed, number));
                        tried.putAll(fixed);
                        Protocol.Run run = DataSetOptions.open(protocol, options(protocol, tried));
                        return note(
                                number, tried, run.run(1, progress).metrics().get(Networks.KOMBO));
                    },
                    LongStream.range(0, samples).boxed().toList());
        } finally {
            printBest(out);
        }
        summarise(best);
    }

    private EvaluationOptions options(Protocol protocol, Map<String, String> tried) {
        return new EvaluationOptions(data.dir, PredictedPart.TUNE, null, List.of(Networks.KOMBO), tried)
                .withColumns(data.columns(protocol));
    }

    private synchronized TriedSettings note(long number, Map<String, String> tried, Map<String, Double> values) {
        if (metric == null) {
            metric = values.keySet().iterator().next();
        }
        if (!values.containsKey(metric)) {
            throw CommandException.mistake("no metric " + metric + "; known are " + values.keySet());
        }
        TriedSettings trial = new TriedSettings(tried, values.get(metric));
        best = best == null || trial.value() > best.value() ? trial : best;
        spec.commandLine()
                .getOut()
                .print(Figures.text("%d: %s %.4f%s%n", number, metric, trial.value(), trial.options()));
        return trial;
    }

    private synchronized void printBest(PrintWriter out) {
        if (best != null) {
            out.print(Figures.text("%nBest: %s %.4f, with one seed.%n", metric, best.value()));
            out.println("It was selected for this value; expect a lower one with another seed or on the test part.");
            out.println("./kombo evaluate --dataset " + data.dataset + " --dir DIR --part tune" + best.options());
        }
    }
}
