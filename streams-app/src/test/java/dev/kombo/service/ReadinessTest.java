package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class ReadinessTest {
    private record Gauge(MetricName metricName, Object metricValue) implements Metric {}

    private final Map<MetricName, Metric> metrics = new HashMap<>();

    private void gauge(String name, String client, Object value) {
        MetricName metric = new MetricName(name, "consumer-metrics", "", Map.of("client-id", client));
        metrics.put(metric, new Gauge(metric, value));
    }

    @Test
    void shouldNameTheThreadsThatHaveNotPolledForLongerThanACommitMayTake() {
        gauge("last-poll-seconds-ago", "kombo-1-StreamThread-1-consumer", 76.0);
        gauge("last-poll-seconds-ago", "kombo-1-StreamThread-2-consumer", 75.0);
        gauge("last-poll-seconds-ago", "kombo-1-global-consumer", 300.0);
        // Nothing to restore: it may be silent for ever.
        gauge("last-poll-seconds-ago", "kombo-1-StreamThread-1-restore-consumer", 4_000.0);
        // Before the first poll.
        gauge("last-poll-seconds-ago", "kombo-1-StreamThread-3-consumer", -1.0);
        assertThat(Readiness.silent(metrics))
                .containsExactly(
                        "kombo-1-StreamThread-1-consumer, which has not asked for records for 76 s",
                        "kombo-1-global-consumer, which has not asked for records for 300 s");
    }

    @Test
    void shouldCountTheTasksThatRestoreOverAllThreads() {
        assertThat(Readiness.restoring(metrics)).isZero();
        gauge("active-restoring-tasks", "kombo-1-StateUpdater-1", 2.0);
        gauge("active-restoring-tasks", "kombo-1-StateUpdater-2", 1.0);
        gauge("active-paused-tasks", "kombo-1-StateUpdater-2", 4.0);
        assertThat(Readiness.restoring(metrics)).isEqualTo(3);
    }
}
