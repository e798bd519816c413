package dev.kombo.lab.bench;

import dev.kombo.console.Columns;
import dev.kombo.console.Figures;
import dev.kombo.console.MarkdownTable;
import dev.kombo.lab.bench.BenchSummary.BatchFigures;
import dev.kombo.lab.bench.BenchSummary.TopicFigures;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Formats the figures of a benchmark as Markdown. */
public record BenchReport(BenchSummary summary) {
    private static final String INPUT = "behavior-event";

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
            text.append('\n').append(starts(summary.restart()));
        }
        if (!summary.takeOver().isEmpty()) {
            text.append('\n').append(gaps());
        }
        if (!summary.growth().isEmpty()) {
            text.append('\n').append(growth());
            summary.growth().stream()
                    .filter(point -> !point.starts().isEmpty())
                    .forEach(point -> text.append(
                            Figures.text("%nAfter %,d events:%n%n%s", point.value(), starts(point.starts()))));
        }
        return text.toString();
    }

    private static String joined(Map<String, String> facts) {
        return facts.entrySet().stream()
                .map(fact -> fact.getKey() + " " + fact.getValue())
                .collect(Collectors.joining(", "));
    }

    private String batches() {
        return new Columns<BenchSummary.Pair>()
                .add("batch", pair -> summary.pairs().indexOf(pair) + 1)
                .add("events/s", pair -> whole(pair.kombo().eventsPerSecond()))
                .add("service µs", pair -> whole(pair.kombo().serviceMicros()))
                .add("broker µs", pair -> whole(pair.kombo().brokerMicros()))
                .add("KB allocated", pair -> whole(pair.kombo().allocatedBytes() / 1_000))
                .add("most memory, MB", pair -> whole(pair.kombo().residentBytes() / 1e6))
                .add("offers", pair -> fixed(pair.kombo().offersPerEvent(), 3))
                .add("idle cores", pair -> fixed(pair.idleServiceCores(), 2) + " + " + fixed(pair.idleBrokerCores(), 2))
                .add("C3 base events/s", pair -> whole(pair.base().eventsPerSecond()))
                .add("C3 base µs", pair -> micros(pair.base()))
                .add("C3 same events/s", pair -> whole(pair.same().eventsPerSecond()))
                .add("C3 same µs", pair -> micros(pair.same()))
                .add("other work, cores", BenchReport::otherWork)
                .markdown(summary.pairs())
                .toString();
    }

    private static String otherWork(BenchSummary.Pair pair) {
        double beside = Math.max(pair.base().otherCores(), pair.same().otherCores());
        return fixed(pair.kombo().otherCores(), 2) + ", " + fixed(beside, 2);
    }

    private static String micros(BenchSummary.ReferenceFigures reference) {
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

    private static String spread(BenchSummary.Range spread) {
        return "**" + fixed(spread.median(), 4) + "** (" + fixed(spread.low(), 4) + " to " + fixed(spread.high(), 4)
                + ")";
    }

    /** Medians by group of threads; empty if the system does not report them. */
    private String threads() {
        MarkdownTable table = new MarkdownTable("threads of the service", "µs per event");
        for (String group : summary.pairs().get(0).kombo().threadMicros().keySet()) {
            table.row(group, fixed(middle(batch -> batch.threadMicros().getOrDefault(group, 0.0)), 1));
        }
        return table.toString();
    }

    private String topics() {
        MarkdownTable table = new MarkdownTable("topic", "records", "bytes", "bytes in the log");
        TopicFigures sum = new TopicFigures(0, 0, 0);
        double input = 0;
        for (Map.Entry<String, TopicFigures> topic : topicFigures()) {
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
    private List<Map.Entry<String, TopicFigures>> topicFigures() {
        return summary.pairs().stream()
                .flatMap(pair -> pair.kombo().topics().keySet().stream())
                .distinct()
                .sorted()
                .map(name -> Map.entry(
                        name,
                        new TopicFigures(
                                middle(batch -> topic(batch, name).records()),
                                middle(batch -> topic(batch, name).bytes()),
                                middle(batch -> topic(batch, name).logBytes()))))
                .filter(topic -> topic.getValue().records() > 0)
                .sorted((a, b) ->
                        Double.compare(b.getValue().bytes(), a.getValue().bytes()))
                .toList();
    }

    private static TopicFigures topic(BatchFigures batch, String name) {
        return batch.topics().getOrDefault(name, new TopicFigures(0, 0, 0));
    }

    private double middle(ToDoubleFunction<BatchFigures> figure) {
        List<Double> all = summary.pairs().stream()
                .map(pair -> figure.applyAsDouble(pair.kombo()))
                .toList();
        return BenchSummary.Range.of(all).median();
    }

    private static String latency(BenchSummary.LatencyFigures latency) {
        MarkdownTable table = new MarkdownTable("event to offer, ms", "p50", "p99", "p99.9", "max");
        table.row(row("all records", latency.uncommitted()));
        table.row(row("committed records", latency.committed()));
        return Figures.text(
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

    private static String starts(List<BenchSummary.StartFigures> starts) {
        return new Columns<BenchSummary.StartFigures>()
                .add("start after", BenchSummary.StartFigures::after)
                .add("seconds to ready", start -> fixed(start.seconds(), 1))
                .add("records read", start -> whole((double) start.restored()))
                .markdown(starts)
                .toString();
    }

    private String gaps() {
        return new Columns<BenchSummary.GapFigures>()
                .add("of two instances", BenchSummary.GapFigures::change)
                .add("longest gap of offers, seconds", gap -> fixed(gap.longest(), 1))
                .add("median of the partitions", gap -> fixed(gap.median(), 1))
                .markdown(summary.takeOver())
                .toString();
    }

    private String growth() {
        return new Columns<BenchSummary.GrowthPoint>()
                .add("axis", BenchSummary.GrowthPoint::axis)
                .add("value", point -> whole((double) point.value()))
                .add("events/s", point -> whole(point.batch().eventsPerSecond()))
                .add("service µs", point -> whole(point.batch().serviceMicros()))
                .add("broker µs", point -> whole(point.batch().brokerMicros()))
                .add("records", point -> fixed(output(point.batch()).records(), 2))
                .add("bytes", point -> whole(output(point.batch()).bytes()))
                .add("KB allocated", point -> whole(point.batch().allocatedBytes() / 1_000))
                .add("most memory, MB", point -> whole(point.batch().residentBytes() / 1e6))
                .add("other work, cores", point -> fixed(point.batch().otherCores(), 2))
                .markdown(summary.growth())
                .toString();
    }

    /** What is written to all topics but the input. */
    private static TopicFigures output(BatchFigures batch) {
        return batch.topics().entrySet().stream()
                .filter(topic -> !topic.getKey().endsWith(INPUT))
                .map(Map.Entry::getValue)
                .reduce(new TopicFigures(0, 0, 0), TopicFigures::plus);
    }

    private static String whole(double value) {
        return Double.isNaN(value) ? "not available" : Figures.text("%,.0f", value);
    }

    private static String fixed(double value, int digits) {
        return Figures.text("%,." + digits + "f", value);
    }
}
