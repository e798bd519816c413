package dev.kombo.ops;

import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MultiGauge;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.Tags;
import io.micrometer.core.instrument.binder.jvm.JvmGcMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.kafka.KafkaStreamsMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.core.instrument.config.MeterFilter;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.DoubleSupplier;
import java.util.function.Supplier;
import org.apache.kafka.streams.KafkaStreams;

/**
 * Exports all metrics of one instance in the text format of Prometheus: Kombo's own, those of Kafka Streams with its
 * clients, and the JVM's. Only this package depends on Micrometer; other code counts and measures through
 * {@link Counters} and {@link Measurements}. Thread-safe.
 */
public final class Metrics implements AutoCloseable {
    /** Prefixes, in Micrometer's form, of metrics per store, node, topic and connection: too many, three in four. */
    private static final Set<String> FINE = Set.of(
            "kafka.stream.state.",
            "kafka.stream.processor.node.",
            "kafka.stream.record.cache.",
            "kafka.stream.topic.",
            "kafka.consumer.node.",
            "kafka.producer.node.",
            "kafka.producer.topic.",
            "kafka.admin.client.node.");

    /** Under one of these prefixes, but per thread. */
    private static final String STATE_UPDATER = "kafka.stream.state.updater.";

    /** Interval at which new metrics are searched for: those of tasks come and go with the tasks. */
    private static final Duration REFRESH_INTERVAL = Duration.ofSeconds(5);

    private final PrometheusMeterRegistry registry = new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);
    private final Counters counters;
    private final Measurements measurements;
    private final JvmGcMetrics garbageCollection = new JvmGcMetrics();
    private final ScheduledExecutorService scheduler;
    private final Set<Counters.Series> bound = new HashSet<>();
    private final Map<KomboMetric, MultiGauge> figureGauges = new EnumMap<>(KomboMetric.class);
    private final List<Supplier<List<Figure>>> figures = new ArrayList<>();
    private KafkaStreamsMetrics streamsMetrics;

    /** Metrics of the given counters. */
    public Metrics(Counters counters) {
        this.counters = counters;
        registry.config()
                .meterFilter(MeterFilter.deny(meter -> FINE.stream().anyMatch(meter.getName()::startsWith)
                        && !meter.getName().startsWith(STATE_UPDATER)));
        measurements = new Measurements(registry);
        new JvmMemoryMetrics().bindTo(registry);
        new JvmThreadMetrics().bindTo(registry);
        garbageCollection.bindTo(registry);
        new ProcessorMetrics().bindTo(registry);
        new FileDescriptorMetrics().bindTo(registry);
        new UptimeMetrics().bindTo(registry);
        scheduler = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "kombo-metrics");
            thread.setDaemon(true);
            return thread;
        });
    }

    public Measurements measurements() {
        return measurements;
    }

    /** Adds a gauge without labels. NaN means that it currently has no value. */
    public void gauge(KomboMetric metric, DoubleSupplier value) {
        Gauge.builder(metric.meter(), value, DoubleSupplier::getAsDouble)
                .description(metric.doc())
                .baseUnit(metric.unit())
                .strongReference(true)
                .register(registry);
    }

    /**
     * Adds gauges whose labels change: the source is read at each scrape, and series that it no longer returns
     * disappear.
     */
    public synchronized void figures(Supplier<List<Figure>> source) {
        figures.add(source);
    }

    /** Adds the metrics of Kafka Streams, its consumers and producers. Must be called only once. */
    public synchronized void watch(KafkaStreams streams) {
        streamsMetrics = new KafkaStreamsMetrics(streams, Tags.empty(), scheduler, REFRESH_INTERVAL);
        streamsMetrics.bindTo(registry);
    }

    /** Returns all metrics in the text format of Prometheus, version 0.0.4. */
    public synchronized String scrape() {
        bindCounters();
        ask();
        return registry.scrape();
    }

    /** Registers new counters: a series exists from its first count on. */
    private void bindCounters() {
        counters.all().forEach((series, count) -> {
            if (bound.add(series)) {
                FunctionCounter.builder(series.metric().meter(), count, LongAdder::sum)
                        .description(series.metric().doc())
                        .tags(tags(series.metric(), series.labelValues()))
                        .register(registry);
            }
        });
    }

    private void ask() {
        Map<KomboMetric, List<MultiGauge.Row<?>>> rows = new EnumMap<>(KomboMetric.class);
        figureGauges.keySet().forEach(metric -> rows.put(metric, new ArrayList<>()));
        for (Supplier<List<Figure>> source : figures) {
            for (Figure figure : source.get()) {
                rows.computeIfAbsent(figure.metric(), unused -> new ArrayList<>())
                        .add(MultiGauge.Row.of(tags(figure.metric(), figure.labelValues()), figure.value()));
            }
        }
        rows.forEach((metric, row) ->
                figureGauges.computeIfAbsent(metric, this::figureGauge).register(row, true));
    }

    private MultiGauge figureGauge(KomboMetric metric) {
        return MultiGauge.builder(metric.meter())
                .description(metric.doc())
                .baseUnit(metric.unit())
                .register(registry);
    }

    private static Tags tags(KomboMetric metric, List<String> values) {
        List<Tag> tags = new ArrayList<>();
        for (int i = 0; i < values.size(); i++) {
            tags.add(Tag.of(metric.labels().get(i), values.get(i)));
        }
        return Tags.of(tags);
    }

    /** Stops its thread. Later counts are still counted, but not exported. */
    @Override
    public synchronized void close() {
        scheduler.shutdownNow();
        if (streamsMetrics != null) {
            streamsMetrics.close();
        }
        garbageCollection.close();
        registry.close();
    }

    /**
     * A value of a gauge whose labels are known only when it is read.
     *
     * @param labelValues in the order of the metric's labels
     */
    public record Figure(KomboMetric metric, List<String> labelValues, double value) {
        public Figure {
            labelValues = List.copyOf(labelValues);
            if (labelValues.size() != metric.labels().size()) {
                throw new IllegalArgumentException(
                        metric + " has the labels " + metric.labels() + ", found values " + labelValues);
            }
        }
    }
}
