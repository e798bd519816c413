package dev.kombo.service;

import java.util.HashMap;
import java.util.Map;
import java.util.function.Supplier;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;

/** Reads from the consumers' own metric records-lag how far this instance is behind; refreshed once a second. */
final class LagMetrics {
    /** Client id of the consumer that restores changelogs. It also reads those of standbys, whose lag is harmless. */
    private static final String RESTORING = "-restore-consumer";

    private static final long REFRESH_NANOS = 1_000_000_000L;

    private volatile Supplier<Map<MetricName, ? extends Metric>> metrics = Map::of;
    private volatile Map<String, Long> lags = Map.of();
    private long refreshedAt = Long.MIN_VALUE;

    void watch(Supplier<Map<MetricName, ? extends Metric>> source) {
        metrics = source;
    }

    /** Number of records that this instance is behind, over all partitions. */
    long total() {
        refresh(System.nanoTime());
        return lags.values().stream().mapToLong(Long::longValue).sum();
    }

    private synchronized void refresh(long nanoTime) {
        if (refreshedAt != Long.MIN_VALUE && nanoTime - refreshedAt < REFRESH_NANOS) {
            return;
        }
        Map<String, Long> found = new HashMap<>();
        metrics.get().forEach((name, metric) -> {
            if (name.name().equals("records-lag")
                    && !name.tags().getOrDefault("client-id", "").endsWith(RESTORING)
                    && metric.metricValue() instanceof Double lag
                    && lag > 0) {
                // The consumer writes dots in topic names as underscores.
                found.merge(key(name.tags().get("topic"), name.tags().get("partition")), lag.longValue(), Math::max);
            }
        });
        lags = found;
        refreshedAt = nanoTime;
    }

    private static String key(String topic, String partition) {
        return topic.replace('.', '_') + '/' + partition;
    }
}
