package dev.kombo.lab.bench;

import dev.kombo.console.Figures;
import dev.kombo.lab.bench.BenchSummary.GrowthPoint;
import dev.kombo.lab.bench.BenchSummary.Pair;
import dev.kombo.lab.bench.BenchSummary.StartFigures;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.Consumer;
import java.util.stream.Collectors;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.utils.Utils;

/**
 * Makes the measurements that {@code kombo bench} was asked for, one after the other.
 *
 * @param folder an empty folder for all data
 * @param progress receives lines of progress
 */
public record Bench(BenchSettings settings, BenchParts parts, Path folder, Consumer<String> progress) {
    private static final int SOME_EVENTS = 500;
    private static final String RESTORED = "kafka_consumer_fetch_manager_records_consumed_total";
    /** How long the service is watched while it has nothing to do. */
    private static final long IDLE_MILLIS = 4_000;

    private static final long METRICS_MILLIS = 6_000;

    private static final int WARM_UP_PART = 150_000;

    /** Runs all measurements. */
    public BenchSummary run() throws Exception {
        GrowthRows rows = GrowthRows.in(parts.rows());
        List<Pair> pairs = new ArrayList<>();
        BenchSummary.LatencyFigures latency = null;
        if (parts.pairs() > 0 || parts.latencyRate() > 0) {
            Path own = folder.resolve("drain");
            show("Starting broker and service ...");
            try (Trial trial = Trial.start(settings, own)) {
                Map<TopicPartition, Long> ends = warmUp(trial, settings.warmUp());
                if (parts.pairs() > 0) {
                    drain(trial, ends, pairs);
                }
                if (parts.latencyRate() > 0) {
                    show("Sending %,d events/s for %d s ...", parts.latencyRate(), parts.latencySeconds());
                    latency = new Latency(trial, parts.latencyRate(), parts.latencySeconds()).run();
                }
            }
            Utils.delete(own.toFile());
        }
        return new BenchSummary(
                Instant.now().truncatedTo(ChronoUnit.SECONDS).toString(),
                machine(),
                settings.described(),
                ReferenceApplication.VERSION,
                BenchSummary.Range.of(pairs.stream().map(Pair::cpuRatio).toList()),
                BenchSummary.Range.of(pairs.stream().map(Pair::ratio).toList()),
                pairs,
                latency,
                parts.restart() ? starts() : List.of(),
                parts.takeOver() ? takeOver() : List.of(),
                growth(rows));
    }

    private void show(String format, Object... values) {
        progress.accept(Figures.text(format, values));
    }

    /** In parts, so that all but the first contain feedback on the offers of the part before. */
    private Map<TopicPartition, Long> warmUp(Trial trial, int events) throws InterruptedException {
        show("Warming up with %,d events ...", events);
        int parts = Math.max(2, (events + WARM_UP_PART - 1) / WARM_UP_PART);
        for (int p = 1; p < parts; p++) {
            trial.batch(events / parts);
        }
        return trial.batch(events - (parts - 1) * (events / parts)).ends();
    }

    private void drain(Trial trial, Map<TopicPartition, Long> ends, List<Pair> pairs) throws Exception {
        show("Warming up the reference application ...");
        try (ReferenceProcess reference = ReferenceProcess.start(trial.installation())) {
            for (ReferenceApplication.Variant variant : ReferenceApplication.Variant.values()) {
                reference.run(variant, ends, () -> null);
            }
            for (int p = 1; p <= parts.pairs(); p++) {
                Pair pair = pair(trial, reference);
                pairs.add(pair);
                show(
                        "Batch %d of %d: Kombo %,.0f events/s, %.0f + %.0f µs; C3 same %,.0f events/s, %.1f + %.1f µs;"
                                + " cpuRatio %.4f",
                        p,
                        parts.pairs(),
                        pair.kombo().eventsPerSecond(),
                        pair.kombo().serviceMicros(),
                        pair.kombo().brokerMicros(),
                        pair.same().eventsPerSecond(),
                        pair.same().micros(),
                        pair.same().brokerMicros(),
                        pair.cpuRatio());
            }
        }
    }

    private Pair pair(Trial trial, ReferenceProcess reference) throws Exception {
        Trial.Batch batch = trial.batch(settings.events());
        BenchSummary.BatchFigures kombo = batch.figures();
        Trial.requireOffers(kombo.offersPerEvent());
        Trial.Moment idleFrom = trial.moment();
        Thread.sleep(IDLE_MILLIS);
        Trial.Moment idleTo = trial.moment();
        double seconds = idleTo.secondsSince(idleFrom);
        double idleService = idleTo.service().since(idleFrom.service()).total() / seconds;
        double idleBroker = idleTo.broker().since(idleFrom.broker()).total() / seconds;
        return new Pair(
                kombo,
                idleService,
                idleBroker,
                reference(trial, reference, ReferenceApplication.Variant.BASE, batch, idleBroker),
                reference(trial, reference, ReferenceApplication.Variant.SAME, batch, idleBroker));
    }

    private static BenchSummary.ReferenceFigures reference(
            Trial trial,
            ReferenceProcess reference,
            ReferenceApplication.Variant variant,
            Trial.Batch batch,
            double idleBroker)
            throws Exception {
        int events = batch.figures().events();
        Trial.Moment before = trial.moment();
        double usedBefore = reference.times().total();
        Trial.Moment after = reference.run(variant, batch.ends(), trial::moment);
        double used = reference.times().total() - usedBefore;
        double seconds = after.secondsSince(before);
        double broker = after.broker().total() - before.broker().total();
        return new BenchSummary.ReferenceFigures(
                events / seconds,
                used * 1e6 / events,
                Math.max(0, broker - idleBroker * seconds) * 1e6 / events,
                Math.max(0, after.otherCores(before) - used / seconds));
    }

    /** Measures how long one instance takes from the start of its process until it is ready: empty, and restarted. */
    private List<StartFigures> starts() throws Exception {
        show("Starting a service without state; then with the state of %,d events ...", settings.warmUp());
        Path own = folder.resolve("restart");
        List<StartFigures> starts = new ArrayList<>();
        BenchSettings one = settings.with(settings.warmUp(), settings.users(), settings.bundles(), 1);
        try (Trial trial = Trial.start(one, own)) {
            starts.add(started(trial, "nothing"));
            warmUp(trial, settings.warmUp());
            starts.addAll(restarts(trial));
        }
        Utils.delete(own.toFile());
        return starts;
    }

    /**
     * Restarts the only instance after a clean stop, after a kill during processing, and after the loss of its state
     * folder. After each start it must process some events, so that ready means ready.
     */
    private static List<StartFigures> restarts(Trial trial) throws Exception {
        List<StartFigures> starts = new ArrayList<>();
        trial.services().remove(0).close();
        starts.add(startAfter(trial, "a clean stop"));
        trial.installation().publish(trial.nextEvents(SOME_EVENTS));
        trial.services().remove(0).kill();
        starts.add(startAfter(trial, "a kill in the middle of events"));
        trial.services().remove(0).close();
        Utils.delete(trial.folderOf(0).resolve("state").toFile());
        starts.add(startAfter(trial, "a stop and the loss of the state folder"));
        return starts;
    }

    private static StartFigures startAfter(Trial trial, String after) throws Exception {
        trial.startService(0);
        StartFigures figures = started(trial, after);
        // Work left by the phase before is not counted in this one.
        trial.installation().drained(() -> null);
        Trial.requireOffers(trial.batch(SOME_EVENTS).figures().offersPerEvent());
        return figures;
    }

    private static StartFigures started(Trial trial, String after) throws InterruptedException {
        ServiceProcess service = trial.services().get(0);
        return new StartFigures(after, service.readySeconds(), restored(service));
    }

    /** Number of records that an instance has read into its stores and models. */
    static long restored(ServiceProcess service) throws InterruptedException {
        // An instance looks for new consumers and topics every five seconds; nothing tells that it has done so.
        Thread.sleep(METRICS_MILLIS);
        String readers = service.metrics()
                .lines()
                .filter(line -> line.contains("restore-consumer") || line.contains("global-consumer"))
                .collect(Collectors.joining("\n"));
        return Math.round(ServiceProcess.sum(readers, RESTORED));
    }

    private List<BenchSummary.GapFigures> takeOver() throws Exception {
        show(
                "Two instances with the state of %,d events, of which one stops and the other dies ...",
                settings.warmUp());
        Path own = folder.resolve("take-over");
        BenchSettings two = settings.with(settings.warmUp(), settings.users(), settings.bundles(), 2);
        List<BenchSummary.GapFigures> gaps;
        try (Trial trial = Trial.start(two, own)) {
            trial.batch(settings.warmUp());
            gaps = new TakeOver(trial).run();
        }
        Utils.delete(own.toFile());
        return gaps;
    }

    private List<GrowthPoint> growth(GrowthRows rows) throws Exception {
        List<GrowthPoint> points = new ArrayList<>();
        for (Map.Entry<BenchParts.Axis, List<Integer>> axis : parts.growth().entrySet()) {
            GrowthRows.Row wanted = new GrowthRows.Row(
                    axis.getKey(), axis.getValue(), parts.growthSettings().described(), List.of());
            GrowthRows.Row row = rows.find(wanted);
            if (row == null) {
                row = wanted.measured(points(axis.getKey(), axis.getValue()));
                rows.keep(row);
            }
            points.addAll(row.points());
        }
        return points;
    }

    private List<GrowthPoint> points(BenchParts.Axis axis, List<Integer> sizes) throws Exception {
        List<GrowthPoint> points = new ArrayList<>();
        for (int size : sizes) {
            points.add(point(axis, size));
        }
        return points;
    }

    private GrowthPoint point(BenchParts.Axis axis, int value) throws Exception {
        String name = axis.name().toLowerCase(Locale.ROOT);
        BenchSettings own = axis.at(value, parts.growthSettings());
        Path data = folder.resolve("growth-" + name + "-" + value);
        show("Growth, %s %,d ...", name, value);
        GrowthPoint point;
        try (Trial trial = Trial.start(own, data)) {
            if (axis == BenchParts.Axis.USERS) {
                trial.process(trial.shop().everyUserOnce(value));
            }
            warmUp(trial, own.warmUp());
            BenchSummary.BatchFigures batch = trial.batch(own.events()).figures();
            point = new GrowthPoint(name, value, batch, axis == BenchParts.Axis.AGE ? restarts(trial) : List.of());
        }
        Utils.delete(data.toFile());
        show(
                "%,.0f events/s, %.0f + %.0f µs",
                point.batch().eventsPerSecond(),
                point.batch().serviceMicros(),
                point.batch().brokerMicros());
        return point;
    }

    private static Map<String, String> machine() {
        Map<String, String> machine = new LinkedHashMap<>();
        machine.put("processors", Integer.toString(Runtime.getRuntime().availableProcessors()));
        machine.put("java", System.getProperty("java.vm.name") + " " + Runtime.version());
        machine.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
        return machine;
    }
}
