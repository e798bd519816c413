package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class LagMetricsTest {
    private record Gauge(MetricName metricName, Object metricValue) implements Metric {}

    private final Map<MetricName, Metric> metrics = new HashMap<>();

    private void lag(String metric, String topic, int partition, Object value) {
        MetricName name = new MetricName(
                metric,
                "consumer-fetch-manager-metrics",
                "",
                Map.of("topic", topic, "partition", Integer.toString(partition)));
        metrics.put(name, new Gauge(name, value));
    }

    @Test
    void shouldLeaveOutChangelogsWhichStandbysAreBehindInToo() {
        MetricName name = new MetricName(
                "records-lag",
                "consumer-fetch-manager-metrics",
                "",
                Map.of(
                        "client-id",
                        "kombo-1-StreamThread-1-restore-consumer",
                        "topic",
                        "kombo-user-profile-changelog",
                        "partition",
                        "0"));
        metrics.put(name, new Gauge(name, 1_000_000.0));
        lag("records-lag", "behavior-event", 0, 3.0);
        assertThat(watching().total()).isEqualTo(3);
    }

    private LagMetrics watching() {
        return new LagMetrics(() -> metrics);
    }

    @Test
    void shouldSumUpTheLagOfAllPartitions() {
        lag("records-lag", "behavior-event", 0, 12.0);
        lag("records-lag", "behavior-event", 1, 7.0);
        lag("records-lag-max", "behavior-event", 2, 99.0);
        LagMetrics lags = watching();
        assertThat(lags.total()).isEqualTo(19);
    }

    @Test
    void shouldTakeWhatIsNotKnownForNoLag() {
        lag("records-lag", "behavior-event", 0, Double.NaN);
        lag("records-lag", "behavior-event", 1, "text");
        assertThat(watching().total()).isZero();
        assertThat(new LagMetrics(Map::of).total()).isZero();
    }
}
