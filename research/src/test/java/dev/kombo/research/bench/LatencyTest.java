package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.TrustedRecords;
import dev.kombo.schema.BehaviorEvent;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.assertj.core.data.Percentage;
import org.junit.jupiter.api.Test;

class LatencyTest {
    private static final long MILLI = 1_000_000L;

    static {
        TrustedRecords.install();
    }

    @Test
    void shouldTimeEachOfferFromWhenItsEventWasDue() {
        List<BehaviorEvent> events = new BenchShop(100, 100, 10, 0, 1).batch(1_000, List.of());
        // A hundred a second; everything stands still for a second, then the offers come at once.
        Latency.Schedule schedule = new Latency.Schedule(events, 100, 0, 0);
        Histogram micros = new Histogram(3);
        for (int e = 0; e < 1_000; e++) {
            long due = e * 10L * MILLI;
            boolean stalled = e >= 500 && e < 600;
            long seen = stalled ? 6_000 * MILLI : due + 5 * MILLI;
            schedule.record(events.get(e).getEventId(), seen, micros);
        }
        // The events of the stall wait 10 to 1,000 ms; timed from their sending they would all show 5 ms.
        assertThat(micros.getTotalCount()).isEqualTo(1_000);
        assertThat(micros.getValueAtPercentile(50)).isCloseTo(5_000, Percentage.withPercentage(1));
        assertThat(micros.getValueAtPercentile(95)).isCloseTo(500_000, Percentage.withPercentage(3));
        assertThat(micros.getMaxValue()).isCloseTo(1_000_000, Percentage.withPercentage(1));
    }

    @Test
    void shouldNotCountTheWarmUpNorOffersOfOtherEvents() {
        List<BehaviorEvent> events = new BenchShop(100, 100, 10, 0, 1).batch(10, List.of());
        Latency.Schedule schedule = new Latency.Schedule(events, 1, 4, 0);
        Histogram micros = new Histogram(3);
        schedule.record("of-a-batch-before", 5, micros);
        events.forEach(event -> schedule.record(event.getEventId(), 60_000 * MILLI, micros));
        assertThat(micros.getTotalCount()).isEqualTo(6);
    }
}
