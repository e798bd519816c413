package dev.kombo.ops;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CountersTest {
    private final Counters counters = new Counters();

    @Test
    void shouldCountByNameAndListInOrder() {
        counters.count("b");
        counters.counter("a").add(3);
        counters.count("b");
        assertThat(counters.get("b")).isEqualTo(2);
        assertThat(counters.get("never")).isZero();
        assertThat(counters.snapshot()).containsExactly(Map.entry("a", 3L), Map.entry("b", 2L));
    }

    @Test
    void shouldLoseNothingWhenManyThreadsCount() throws InterruptedException {
        List<Thread> threads = new ArrayList<>();
        for (int t = 0; t < 4; t++) {
            threads.add(new Thread(() -> {
                for (int i = 0; i < 10_000; i++) {
                    counters.count("shared");
                }
            }));
        }
        threads.forEach(Thread::start);
        for (Thread thread : threads) {
            thread.join();
        }
        assertThat(counters.get("shared")).isEqualTo(40_000);
    }
}
