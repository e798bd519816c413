package dev.kombo.research.bench;

import dev.kombo.console.Figures;
import dev.kombo.research.bench.BenchSummary.Pair;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/** Makes the measurements that {@code kombo bench} was asked for, one after the other. */
public final class Bench {
    /** How long the service is watched while it has nothing to do. */
    private static final long IDLE_MILLIS = 4_000;

    private final BenchSettings settings;
    private final BenchParts parts;
    private final Path folder;
    private final Consumer<String> progress;

    /**
     * @param folder an empty folder for all data
     * @param progress receives a line as each measurement begins and ends
     */
    public Bench(BenchSettings settings, BenchParts parts, Path folder, Consumer<String> progress) {
        this.settings = settings;
        this.parts = parts;
        this.folder = folder;
        this.progress = progress;
    }

    /** Runs all measurements. */
    public BenchSummary run() throws Exception {
        List<Pair> pairs = new ArrayList<>();
        BenchSummary.IdleFigures idle = null;
        List<BenchSummary.LatencyFigures> latency = new ArrayList<>();
        if (parts.pairs() > 0 || parts.idle() || !parts.latencyRates().isEmpty()) {
            Path own = folder.resolve("drain");
            show("Starting broker and service ...");
            try (Trial trial = Trial.start(settings, own)) {
                Map<TopicPartition, Long> ends = warmUp(trial, settings.warmUp());
                if (parts.pairs() > 0) {
                    drain(trial, ends, pairs);
                }
                if (parts.idle()) {
                    show("Watching a service with nothing to do, and one that is busy one second in ten ...");
                    idle = new Idle(trial).run();
                    progress.accept(FigureText.of(idle));
                }
                for (int rate : parts.latencyRates()) {
                    show("Sending %,d events/s for %d s ...", rate, parts.latencySeconds());
                    BenchSummary.LatencyFigures paced = new Latency(trial, rate, parts.latencySeconds()).run();
                    progress.accept(FigureText.of(paced));
                    latency.add(paced);
                }
            }
            Utils.delete(own.toFile());
        }
        return new BenchSummary(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                machine(),
                settings.described(),
                ReferenceApplication.VERSION,
                BenchSummary.FigureRange.of(pairs.stream().map(Pair::cpuRatio).toList()),
                BenchSummary.FigureRange.of(pairs.stream().map(Pair::ratio).toList()),
                pairs,
                idle,
                latency,
                parts.restart() ? starts() : List.of(),
                parts.takeOver() ? takeOver() : List.of(),
                ages());
    }

    private void show(String format, Object... values) {
        progress.accept(Figures.text(format, values));
    }

    private Map<TopicPartition, Long> warmUp(Trial trial, int events) throws InterruptedException {
        show("Warming up with %,d events ...", events);
        return trial.warmUp(events);
    }

    private void drain(Trial trial, Map<TopicPartition, Long> warmUpEnds, List<Pair> pairs) throws Exception {
        show("Warming up the reference application ...");
        try (ReferenceProcess reference = ReferenceProcess.start(trial.installation())) {
            reference.copy(Map.of(), warmUpEnds);
            for (ReferenceApplication.Variant variant : ReferenceApplication.Variant.values()) {
                reference.run(variant, () -> null);
            }
            ReferenceMeasurement yardstick = new ReferenceMeasurement(trial, reference, parts.referenceSeconds());
            Map<TopicPartition, Long> from = new HashMap<>(warmUpEnds);
            for (int p = 1; p <= parts.pairs(); p++) {
                Trial.Batch batch = trial.batch(settings.events());
                Pair pair = pair(trial, batch, yardstick, from);
                from.putAll(batch.ends());
                pairs.add(pair);
                show(
                        "Batch %d of %d: Kombo %s; C3 same %,.0f events/s, %.1f + %.1f µs; cpuRatio %.4f",
                        p,
                        parts.pairs(),
                        FigureText.of(pair.kombo()),
                        pair.same().eventsPerSecond(),
                        pair.same().micros(),
                        pair.same().brokerMicros(),
                        pair.cpuRatio());
            }
        }
    }

    private Pair pair(Trial trial, Trial.Batch batch, ReferenceMeasurement yardstick, Map<TopicPartition, Long> from)
            throws Exception {
        Trial.requireOffers(batch.figures().offersPerEvent());
        Trial.Moment idleFrom = trial.moment();
        Thread.sleep(IDLE_MILLIS);
        BenchSummary.CoreFigures idle = trial.moment().coresSince(idleFrom);
        Map<ReferenceApplication.Variant, BenchSummary.ReferenceFigures> reference =
                yardstick.run(from, batch, idle.broker());
        return new Pair(
                batch.figures(),
                idle.service(),
                idle.broker(),
                reference.get(ReferenceApplication.Variant.BASE),
                reference.get(ReferenceApplication.Variant.SAME));
    }

    private List<BenchSummary.StartFigures> starts() throws Exception {
        show("Starting a service without state; then with the state of %,d events ...", settings.warmUp());
        Path own = folder.resolve("restart");
        List<BenchSummary.StartFigures> figures = new ArrayList<>();
        try (Trial trial = Trial.start(settings.with(settings.warmUp(), 1), own)) {
            Starts starts = new Starts(trial);
            figures.add(starts.first());
            warmUp(trial, settings.warmUp());
            figures.addAll(starts.again());
        }
        Utils.delete(own.toFile());
        showStarts(figures);
        return figures;
    }

    private void showStarts(List<BenchSummary.StartFigures> starts) {
        starts.forEach(start -> progress.accept(FigureText.of(start)));
    }

    private List<BenchSummary.GapFigures> takeOver() throws Exception {
        show(
                "Two instances with the state of %,d events, of which one stops and the other dies ...",
                settings.warmUp());
        Path own = folder.resolve("take-over");
        List<BenchSummary.GapFigures> gaps;
        try (Trial trial = Trial.start(settings.with(settings.warmUp(), 2), own)) {
            trial.batch(settings.warmUp());
            gaps = new TakeOver(trial).run();
        }
        Utils.delete(own.toFile());
        gaps.forEach(gap -> show("Longest gap of offers while %s: %.1f s", gap.change(), gap.longest()));
        return gaps;
    }

    private List<BenchSummary.AgeFigures> ages() throws Exception {
        if (parts.ages().isEmpty()) {
            return List.of();
        }
        show("A service that ages ...");
        Path own = folder.resolve("age");
        List<BenchSummary.AgeFigures> figures;
        try (Trial trial = Trial.start(settings.with(settings.warmUp(), 1), own)) {
            figures = new Ages(trial, parts.ages(), settings.events(), progress).run();
        }
        Utils.delete(own.toFile());
        return figures;
    }

    /** Returns what the figures depend on beside the settings. */
    static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return machine;
    }
}
