package dev.kombo.service;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Reads from the consumers' own metric records-lag how far this instance is behind; refreshed once a second. */
final class LagMetrics {
    /** Client id of the consumer that restores changelogs. It also reads those of standbys, whose lag is harmless. */
    static final String RESTORING = "-restore-consumer";

    private static final long REFRESH_NANOS = 1_000_000_000L;

    private final Supplier<Map<MetricName, ? extends Metric>> metrics;
    private long total;
    private long measuredAt = Long.MIN_VALUE;

    LagMetrics(Supplier<Map<MetricName, ? extends Metric>> metrics) {
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
                    && !name.tags().getOrDefault("client-id", "").endsWith(RESTORING)
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
