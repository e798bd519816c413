package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import org.apache.kafka.common.MetricName;
import org.apache.kafka.common.metrics.Metrics;
import org.apache.kafka.common.utils.Time;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.internals.metrics.StreamsMetricsImpl;
import org.apache.kafka.streams.state.internals.metrics.RocksDBMetricsRecorder;
import org.junit.jupiter.api.Test;

class SafeMetricsStreamsTest {
    /** Registered by Kafka's own class, so that another tag in a later version is noticed. */
    @Test
    void shouldLeaveOutWhatAsksRocksDb() {
        Metrics metrics = new Metrics();
        int others = metrics.metrics().size();
        RocksDBMetricsRecorder recorder = new RocksDBMetricsRecorder("rocksdb", "user-profile");
        recorder.init(new StreamsMetricsImpl(metrics, "client", Time.SYSTEM), new TaskId(0, 0));
        assertThat(metrics.metrics()).hasSizeGreaterThan(others + 10);
        assertThat(metrics.metrics().keySet())
                .filteredOn(metric -> metric.group().equals("stream-state-metrics"))
                .noneMatch(SafeMetricsStreams::isSafe);
    }

    @Test
    void shouldKeepTheOthers() {
        assertThat(SafeMetricsStreams.isSafe(name("uncommitted-bytes"))).isFalse();
        assertThat(SafeMetricsStreams.isSafe(name("process-rate"))).isTrue();
    }

    private static MetricName name(String name) {
        return new MetricName(name, "stream-thread-metrics", "", Map.of("thread-id", "1"));
    }
}
