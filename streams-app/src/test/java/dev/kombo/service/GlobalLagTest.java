package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashMap;
import java.util.Map;
import org.apache.kafka.common.Metric;
import org.apache.kafka.common.MetricName;
import org.junit.jupiter.api.Test;

class GlobalLagTest {
    private record Gauge(MetricName metricName, Object metricValue) implements Metric {}

    private final Map<MetricName, Metric> metrics = new HashMap<>();

    private void lag(String metric, String topic, int partition, Object value) {
        lag("kombo-1-global-consumer", metric, topic, partition, value);
    }

    private void lag(String client, String metric, String topic, int partition, Object value) {
        MetricName name = new MetricName(
                metric,
                "consumer-fetch-manager-metrics",
                "",
                Map.of("client-id", client, "topic", topic, "partition", Integer.toString(partition)));
        metrics.put(name, new Gauge(name, value));
    }

    /** The group's commits tell of these. */
    @Test
    void shouldLeaveOutTheConsumersOfTheGroupAndOfChangelogs() {
        lag("kombo-1-StreamThread-1-restore-consumer", "records-lag", "kombo-user-profile-changelog", 0, 1_000_000.0);
        lag("kombo-1-StreamThread-1-consumer", "records-lag", "behavior-event", 0, 12.0);
        lag("records-lag", "item-catalog", 0, 3.0);
        assertThat(watching().total()).isEqualTo(3);
    }

    private GlobalLag watching() {
        return new GlobalLag(() -> metrics);
    }

    @Test
    void shouldSumUpTheLagOfAllPartitions() {
        lag("records-lag", "item-model", 0, 12.0);
        lag("records-lag", "item-model", 1, 7.0);
        lag("records-lag-max", "item-model", 2, 99.0);
        GlobalLag lags = watching();
        assertThat(lags.total()).isEqualTo(19);
    }

    @Test
    void shouldTakeWhatIsNotKnownForNoLag() {
        lag("records-lag", "item-model", 0, Double.NaN);
        lag("records-lag", "item-model", 1, "text");
        assertThat(watching().total()).isZero();
        assertThat(new GlobalLag(Map::of).total()).isZero();
    }
}
