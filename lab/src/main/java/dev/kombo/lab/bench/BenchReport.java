package dev.kombo.lab.bench;

import dev.kombo.console.MarkdownTable;
import dev.kombo.lab.bench.BenchSummary.BatchFigures;
import dev.kombo.lab.bench.BenchSummary.GapFigures;
import dev.kombo.lab.bench.BenchSummary.GrowthPoint;
import dev.kombo.lab.bench.BenchSummary.LatencyFigures;
import dev.kombo.lab.bench.BenchSummary.Pair;
import dev.kombo.lab.bench.BenchSummary.Range;
import dev.kombo.lab.bench.BenchSummary.ReferenceFigures;
import dev.kombo.lab.bench.BenchSummary.StartFigures;
import dev.kombo.lab.bench.BenchSummary.TopicFigures;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the figures of a benchmark as Markdown. */
public final class BenchReport {
    private static final String INPUT = "behavior-event";

    private final BenchSummary summary;

    public BenchReport(BenchSummary summary) {
        this.summary = summary;
    }

    /** Returns everything in Markdown. */
    public String markdown() {
        StringBuilder text = new StringBuilder();
        text.append("Measured at ").append(summary.measuredAt()).append(" on ").append(joined(summary.machine()));
        text.append(": ").append(joined(summary.settings())).append(".\n");
        if (!summary.pairs().isEmpty()) {
            text.append('\n').append(batches()).append('\n').append(ratios());
            text.append('\n').append(threads()).append('\n').append(topics());
        }
        if (summary.latency() != null) {
            text.append('\n').append(latency(summary.latency()));
        }
        if (!summary.restart().isEmpty()) {
            text.append('\n').append(starts());
        }
        if (!summary.takeOver().isEmpty()) {
            text.append('\n').append(gaps());
        }
        if (!summary.growth().isEmpty()) {
            text.append('\n').append(growth());
        }
        return text.toString();
    }

    private static String joined(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    }

    private String batches() {
        MarkdownTable table = new MarkdownTable(
                "batch",
                "events/s",
                "service µs",
                "broker µs",
                "KB allocated",
                "most memory, MB",
                "offers",
                "idle cores",
                "C3 base events/s",
                "C3 base µs",
                "C3 same events/s",
                "C3 same µs",
                "other work, cores");
        int number = 1;
        for (Pair pair : summary.pairs()) {
            BatchFigures kombo = pair.kombo();
            table.row(
                    number++,
                    whole(kombo.eventsPerSecond()),
                    whole(kombo.serviceMicros()),
                    whole(kombo.brokerMicros()),
                    whole(kombo.allocatedBytes() / 1_000),
                    whole(kombo.residentBytes() / 1e6),
                    fixed(kombo.offersPerEvent(), 3),
                    fixed(pair.idleServiceCores(), 2) + " + " + fixed(pair.idleBrokerCores(), 2),
                    whole(pair.base().eventsPerSecond()),
                    micros(pair.base()),
                    whole(pair.same().eventsPerSecond()),
                    micros(pair.same()),
                    fixed(kombo.otherCores(), 2) + ", "
                            + fixed(
                                    Math.max(
                                            pair.base().otherCores(),
                                            pair.same().otherCores()),
                                    2));
        }
        return table.toString();
    }

    private static String micros(ReferenceFigures reference) {
        return fixed(reference.micros(), 1) + " + " + fixed(reference.brokerMicros(), 1);
    }

    private String ratios() {
        return "An event costs " + whole(middle(BatchFigures::serviceMicros)) + " µs in the service and "
                + whole(middle(BatchFigures::brokerMicros))
                + " µs in the broker (medians). `cpuRatio`, the processor time"
                + " of C3 with Kombo's settings over Kombo's: " + spread(summary.cpuRatio())
                + ". `ratio` of events/s: " + spread(summary.ratio()) + ". C3 is version "
                + summary.referenceVersion() + ".\n";
    }

    private static String spread(Range spread) {
        return "**" + fixed(spread.median(), 4) + "** (" + fixed(spread.low(), 4) + " to " + fixed(spread.high(), 4)
                + ")";
    }

    private String threads() {
        MarkdownTable table = new MarkdownTable("threads of the service", "µs per event");
        threadMicros().forEach((group, micros) -> table.row(group, fixed(micros, 1)));
        return table.toString();
    }

    /** Medians by group of threads; empty if the system does not report them. */
    private Map<String, Double> threadMicros() {
        Map<String, Double> medians = new LinkedHashMap<>();
        for (String group : summary.pairs().get(0).kombo().threadMicros().keySet()) {
            medians.put(group, middle(batch -> batch.threadMicros().getOrDefault(group, 0.0)));
        }
        return medians;
    }

    private String topics() {
        MarkdownTable table = new MarkdownTable("topic", "records", "bytes", "bytes in the log");
        TopicFigures sum = new TopicFigures(0, 0, 0);
        double input = 0;
        for (Map.Entry<String, TopicFigures> topic : topicFigures().entrySet()) {
            TopicFigures figures = topic.getValue();
            if (topic.getKey().endsWith(INPUT)) {
                input = figures.bytes();
            } else {
                sum = sum.plus(figures);
            }
            table.row(
                    "`" + topic.getKey() + "`",
                    fixed(figures.records(), 3),
                    whole(figures.bytes()),
                    whole(figures.logBytes()));
        }
        table.row("all but the input", fixed(sum.records(), 2), whole(sum.bytes()), whole(sum.logBytes()));
        return table + "\nFor an event of " + whole(input) + " bytes, " + whole(sum.bytes() / input)
                + " times as many are written.\n";
    }

    /** Medians of the topics that received anything, most bytes first. */
    private Map<String, TopicFigures> topicFigures() {
        TreeSet<String> names = new TreeSet<>();
        summary.pairs().forEach(pair -> names.addAll(pair.kombo().topics().keySet()));
        Map<String, TopicFigures> medians = new LinkedHashMap<>();
        names.stream()
                .map(name -> Map.entry(
                        name,
                        new TopicFigures(
                                middle(batch -> topic(batch, name).records()),
                                middle(batch -> topic(batch, name).bytes()),
                                middle(batch -> topic(batch, name).logBytes()))))
                .filter(topic -> topic.getValue().records() > 0)
                .sorted((a, b) ->
                        Double.compare(b.getValue().bytes(), a.getValue().bytes()))
                .forEach(topic -> medians.put(topic.getKey(), topic.getValue()));
        return medians;
    }

    private static TopicFigures topic(BatchFigures batch, String name) {
        return batch.topics().getOrDefault(name, new TopicFigures(0, 0, 0));
    }

    private double middle(ToDoubleFunction<BatchFigures> figure) {
        List<Double> all = summary.pairs().stream()
                .map(pair -> figure.applyAsDouble(pair.kombo()))
                .toList();
        return Range.of(all).median();
    }

    private static String latency(LatencyFigures latency) {
        MarkdownTable table = new MarkdownTable("event to offer, ms", "p50", "p99", "p99.9", "max");
        table.row(row("all records", latency.uncommitted()));
        table.row(row("committed records", latency.committed()));
        return String.format(
                Locale.ROOT,
                "%s%n%d events/s for %.0f s, %,d offers. Service %.2f cores, broker %.2f, other work %.2f.%n",
                table,
                latency.rate(),
                latency.seconds(),
                latency.offers(),
                latency.serviceCores(),
                latency.brokerCores(),
                latency.otherCores());
    }

    private static Object[] row(String readers, Map<String, Double> percentiles) {
        return Stream.concat(
                        Stream.of(readers),
                        Stream.of("p50", "p99", "p99.9", "max").map(name -> fixed(percentiles.get(name), 1)))
                .toArray();
    }

    private String starts() {
        MarkdownTable table = new MarkdownTable("start after", "seconds to ready", "records restored");
        for (StartFigures start : summary.restart()) {
            table.row(start.after(), fixed(start.seconds(), 1), String.format(Locale.ROOT, "%,d", start.restored()));
        }
        return table.toString();
    }

    private String gaps() {
        MarkdownTable table =
                new MarkdownTable("of two instances", "longest gap of offers, seconds", "median of the partitions");
        for (GapFigures gap : summary.takeOver()) {
            table.row(gap.change(), fixed(gap.longest(), 1), fixed(gap.median(), 1));
        }
        return table.toString();
    }

    private String growth() {
        MarkdownTable table = new MarkdownTable(
                "axis",
                "value",
                "events/s",
                "service µs",
                "broker µs",
                "records",
                "bytes",
                "most memory, MB",
                "other work, cores");
        for (GrowthPoint point : summary.growth()) {
            BatchFigures batch = point.batch();
            TopicFigures sum = batch.topics().entrySet().stream()
                    .filter(topic -> !topic.getKey().endsWith(INPUT))
                    .map(Map.Entry::getValue)
                    .reduce(new TopicFigures(0, 0, 0), TopicFigures::plus);
            table.row(
                    point.axis(),
                    String.format(Locale.ROOT, "%,d", point.value()),
                    whole(batch.eventsPerSecond()),
                    whole(batch.serviceMicros()),
                    whole(batch.brokerMicros()),
                    fixed(sum.records(), 2),
                    whole(sum.bytes()),
                    whole(batch.residentBytes() / 1e6),
                    fixed(batch.otherCores(), 2));
        }
        return table.toString();
    }

    private static String whole(double value) {
        return Double.isNaN(value) ? "not available" : String.format(Locale.ROOT, "%,.0f", value);
    }

    private static String fixed(double value, int digits) {
        return String.format(Locale.ROOT, "%,." + digits + "f", value);
    }
}
