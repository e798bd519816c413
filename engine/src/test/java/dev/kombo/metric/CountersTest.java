package dev.kombo.metric;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class CountersTest {
    private final Counters counters = new Counters();

    @Test
    void shouldSumSeriesWhoseLabelsBeginAlike() {
        counters.count(KomboMetric.EVENTS, "accepted", "view");
        counters.counter(KomboMetric.EVENTS, "accepted", "purchase").add(3);
        counters.count(KomboMetric.EVENTS, "duplicate", "view");
        assertThat(counters.get(KomboMetric.EVENTS, "accepted", "view")).isEqualTo(1);
        assertThat(counters.get(KomboMetric.EVENTS, "accepted")).isEqualTo(4);
        assertThat(counters.get(KomboMetric.EVENTS)).isEqualTo(5);
        assertThat(counters.get(KomboMetric.EVENTS_REJECTED)).isZero();
    }

    @Test
    void shouldRefuseWhatIsNoSeries() {
        assertThatThrownBy(() -> counters.count(KomboMetric.EVENTS, "accepted"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counters.count(KomboMetric.ROBOT_EVENTS, "one"))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> counters.count(KomboMetric.RANKER_LOSS)).isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void shouldLoseNothingWhenManyThreadsCount() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    counters.count(KomboMetric.ROBOT_EVENTS);
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(counters.get(KomboMetric.ROBOT_EVENTS)).isEqualTo(40_000);
    }
}
