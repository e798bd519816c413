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

    private LagMetrics watching() {
        LagMetrics lags = new LagMetrics();
        lags.watch(() -> metrics);
        return lags;
    }

    @Test
    void shouldTellTheLagOfEachPartition() {
        lag("records-lag", "behavior-event", 0, 12.0);
        lag("records-lag", "behavior-event", 1, 7.0);
        lag("records-lag-max", "behavior-event", 2, 99.0);
        LagMetrics lags = watching();
        assertThat(lags.records("behavior-event", 0)).isEqualTo(12);
        assertThat(lags.records("behavior-event", 1)).isEqualTo(7);
        assertThat(lags.records("behavior-event", 2)).isZero();
        assertThat(lags.records("item-update", 0)).isZero();
        assertThat(lags.total()).isEqualTo(19);
    }

    @Test
    void shouldFindATopicWhosePrefixHoldsADot() {
        lag("records-lag", "shop_behavior-event", 0, 3.0);
        assertThat(watching().records("shop.behavior-event", 0)).isEqualTo(3);
    }

    @Test
    void shouldTakeWhatIsNotKnownForNoLag() {
        lag("records-lag", "behavior-event", 0, Double.NaN);
        lag("records-lag", "behavior-event", 1, "text");
        assertThat(watching().records("behavior-event", 0)).isZero();
        assertThat(watching().records("behavior-event", 1)).isZero();
        assertThat(new LagMetrics().records("behavior-event", 0)).isZero();
    }
}
