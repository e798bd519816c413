package dev.kombo.research.bench;

import dev.kombo.console.Figures;
import dev.kombo.console.TextTable;
import dev.kombo.research.bench.BenchSummary.BatchFigures;
import dev.kombo.research.bench.VersionSummary.Ratio;
import dev.kombo.research.bench.VersionSummary.Run;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.utils.Utils;

/**
 * Compares what an event costs in this version and in another one: {@code kombo bench --against}. Runs of both take
 * turns in the order A B B A, so that a machine that becomes slower or faster favours neither. Each run has a broker, a
 * service and a shop of its own. Events, broker and measurements are this version's in all of them; only the service's
 * JVM has the class path of the version.
 */
public final class VersionBench {
    /** Processors that others use, from which on the figures should not be quoted. */
    private static final double QUIET_CORES = 0.1;

    private final BenchSettings settings;
    private final BenchParts parts;
    private final BuiltVersion built;
    private final Path folder;
    private final Consumer<String> progress;

    /**
     * @param parts what each run measures beside a batch: pace, idleness and starts
     * @param built the other version
     * @param folder an empty folder for all data
     * @param progress receives a line as each run ends, and the result
     */
    public VersionBench(
            BenchSettings settings, BenchParts parts, BuiltVersion built, Path folder, Consumer<String> progress) {
        this.settings = settings;
        this.parts = parts;
        this.built = built;
        this.folder = folder;
        this.progress = progress;
    }

    /** Makes all runs. */
    public VersionSummary run() throws Exception {
        KomboVersion here = new ThisVersion();
        OtherVersion other = OtherVersion.of(
                built.classPath(), Installation.chosen(settings.overrides()), folder.resolve("question"));
        other.unknown()
                .forEach(name -> progress.accept("The other version does not know " + name + " and runs without it."));
        List<KomboVersion> order = order(parts.pairs(), here, other);
        List<Run> runs = new ArrayList<>();
        for (KomboVersion version : order) {
            Run run = run(version, folder.resolve("run-" + (runs.size() + 1)));
            runs.add(run);
            progress.accept(Figures.text(
                    "Run %d of %d, %s: %s; %.2f cores used by others",
                    runs.size(), order.size(), run.version(), FigureText.of(run.batch()), run.otherCores()));
            more(run).forEach(progress);
        }
        List<Ratio> ratios = ratios(of(here, runs), of(other, runs));
        VersionSummary summary = new VersionSummary(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                Bench.machine(),
                settings.described(),
                built.given(),
                other.unknown(),
                ratios.stream().filter(Ratio::known).toList(),
                runs);
        result(ratios, parts.pairs()).forEach(progress);
        remark(runs, progress);
        return summary;
    }

    /** Returns whose run comes when: every second pair begins with the other version. */
    static <T> List<T> order(int pairs, T here, T other) {
        List<T> order = new ArrayList<>();
        for (int pair = 0; pair < pairs; pair++) {
            order.addAll(pair % 2 == 0 ? List.of(here, other) : List.of(other, here));
        }
        return order;
    }

    private Run run(KomboVersion version, Path own) throws Exception {
        Run run;
        try (Trial trial = Trial.start(settings, version, own)) {
            trial.warmUp(settings.warmUp());
            BatchFigures batch = trial.batch(settings.events()).figures();
            Trial.requireOffers(batch.offersPerEvent());
            BenchSummary.IdleFigures idle = parts.idle() ? new Idle(trial).run() : null;
            List<BenchSummary.LatencyFigures> latency = new ArrayList<>();
            for (int rate : parts.latencyRates()) {
                latency.add(new Latency(trial, rate, parts.latencySeconds()).run());
            }
            // Last, as it is another process then.
            List<BenchSummary.StartFigures> restart = parts.restart() ? new Starts(trial).again() : List.of();
            run = new Run(version.name(), batch, idle, latency, restart);
        }
        Utils.delete(own.toFile());
        return run;
    }

    /** Returns lines of what a run measured beside the batch. */
    private static List<String> more(Run run) {
        List<String> lines = new ArrayList<>();
        if (run.idle() != null) {
            lines.add(FigureText.of(run.idle()));
        }
        run.latency().forEach(latency -> lines.add(FigureText.of(latency)));
        run.restart().forEach(start -> lines.add(FigureText.of(start)));
        return lines;
    }

    private static List<Run> of(KomboVersion version, List<Run> runs) {
        return runs.stream().filter(run -> run.version().equals(version.name())).toList();
    }

    private static List<Ratio> ratios(List<Run> these, List<Run> others) {
        return RunFigure.of(these.get(0)).stream()
                .map(figure -> Ratio.of(figure, these, others))
                .toList();
    }

    /** Returns a table of all figures and a sentence of the processor time, for people. */
    static List<String> result(List<Ratio> ratios, int pairs) {
        TextTable table = new TextTable("figure", "this version", "the other", "this over the other");
        ratios.stream()
                .filter(Ratio::known)
                .forEach(ratio ->
                        table.row(ratio.figure(), text(ratio.thisVersion()), text(ratio.otherVersion()), text(ratio)));
        List<String> lines = new ArrayList<>(List.of(table.toString()));
        ratios.stream()
                .filter(ratio -> !ratio.known())
                .forEach(ratio -> lines.add("Not reported by both: " + ratio.figure() + "."));
        ratios.stream()
                .filter(ratio -> ratio.figure().equals(RunFigure.BOTH.name()) && ratio.known())
                .forEach(ratio -> lines.add(sentence(ratio, pairs)));
        return lines;
    }

    /** Cores of an idle service need a digit more. */
    private static String text(double figure) {
        return Figures.text(figure < 1 ? "%.3f" : "%.2f", figure);
    }

    private static String text(Ratio ratio) {
        return Double.isNaN(ratio.error())
                ? Figures.text("× %.3f", ratio.ratio())
                : Figures.text("× %.3f ± %.3f", ratio.ratio(), ratio.error());
    }

    /** Says what the processor time of service and broker means. */
    private static String sentence(Ratio ratio, int pairs) {
        String found = "This version takes " + text(ratio) + " of the processor time per event of the other";
        if (Double.isNaN(ratio.error())) {
            return found + "; one pair of runs has no error.";
        }
        String sure = " (two standard errors over " + pairs + " pairs of runs).";
        return Math.abs(ratio.ratio() - 1) <= ratio.error()
                ? found + sure + " That is no difference that these runs can tell."
                : found + sure;
    }

    private static void remark(List<Run> runs, Consumer<String> progress) {
        double others = runs.stream().collect(Collectors.averagingDouble(Run::otherCores));
        if (others > QUIET_CORES) {
            progress.accept(Figures.text(
                    "Other processes used %.1f cores meanwhile: measure on a quiet machine before you quote this.",
                    others));
        }
    }
}
