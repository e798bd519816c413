package dev.kombo.service;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/**
 * Reads from the metric records-lag of the global consumer how far this instance is behind in the topics that every
 * instance reads completely; refreshed once a second. No offsets of these topics are committed, so {@link GroupLag}
 * does not count them.
 */
final class GlobalLag {
    /** Ends the client id of the consumer that reads these topics. */
    private static final String GLOBAL = "-global-consumer";

    private static final long REFRESH_NANOS = 1_000_000_000L;

    private final Supplier<Map<MetricName, ? extends Metric>> metrics;
    private long total;
    private long measuredAt = Long.MIN_VALUE;

    GlobalLag(Supplier<Map<MetricName, ? extends Metric>> metrics) {
        this.metrics = metrics;
    }

    /** Number of records that this instance is behind, over all partitions. */
    synchronized long total() {
        long now = System.nanoTime();
        if (measuredAt == Long.MIN_VALUE || now - measuredAt >= REFRESH_NANOS) {
            total = measured();
            measuredAt = now;
        }
        return total;
    }

    private long measured() {
        Map<String, Long> lags = new HashMap<>();
        metrics.get().forEach((name, metric) -> {
            if (name.name().equals("records-lag")
                    && name.tags().getOrDefault("client-id", "").endsWith(GLOBAL)
                    && metric.metricValue() instanceof Double lag
                    && lag > 0) {
                // The consumer writes dots in topic names as underscores.
                String topic = name.tags().get("topic").replace('.', '_');
                lags.merge(topic + '/' + name.tags().get("partition"), lag.longValue(), Math::max);
            }
        });
        return lags.values().stream().mapToLong(Long::longValue).sum();
    }
}
