package dev.kombo.service;

import java.util.Map;
import java.util.Properties;
import java.util.stream.Collectors;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.streams.KafkaStreams;
import org.apache.kafka.streams.Topology;

/**
 * Kafka Streams without the metrics that call RocksDB when they are read: the process crashes (SIGSEGV) if the stream
 * thread closes the store meanwhile. In Kafka 4.4.0 these are {@value #UNCOMMITTED}, which asks the batch of a
 * transactional store, and all that are properties of a RocksDB store, such as its number of keys.
 */
final class SafeMetricsStreams extends KafkaStreams {
    static final String UNCOMMITTED = "uncommitted-bytes";
    private static final String ROCKSDB = "rocksdb-";

    SafeMetricsStreams(Topology topology, Properties settings) {
        super(topology, settings, new StreamsClients());
    }

    @Override
    public Map<MetricName, ? extends Metric> metrics() {
        return super.metrics().entrySet().stream()
                .filter(metric -> isSafe(metric.getKey()))
                .collect(Collectors.toMap(Map.Entry::getKey, Map.Entry::getValue));
    }

    static boolean isSafe(MetricName metric) {
        return !metric.name().equals(UNCOMMITTED)
                && metric.tags().keySet().stream().noneMatch(tag -> tag.startsWith(ROCKSDB));
    }
}
