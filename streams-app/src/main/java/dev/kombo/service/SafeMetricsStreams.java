package dev.kombo.service;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * Kafka Streams without the metric {@value #UNSAFE}: in Kafka 4.4.0 the process crashes (SIGSEGV in RocksDB's
 * WriteBatch) when another thread reads it while the stream thread closes the transactional store.
 */
final class SafeMetricsStreams extends KafkaStreams {
    static final String UNSAFE = "uncommitted-bytes";

    SafeMetricsStreams(Topology topology, Properties settings) {
        super(topology, settings);
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return super.metrics().entrySet().stream()
                .filter(metric -> !metric.getKey().name().equals(UNSAFE))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }
}
