package dev.kombo.lab.quality.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.ops.KomboMetric;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(30)
class InputGateTest {
    private static final EnginePace PACE = new EnginePace(500, 40);

    private final Figures figures = new Figures();
    private final Waiting waiting = new Waiting(Duration.ofMillis(300), () -> {});

    private static final class Figures implements ServiceFigures {
        private final ConcurrentHashMap<List<Object>, Long> counters = new ConcurrentHashMap<>();

        @Override
        public long count(KomboMetric metric, String... labelValues) {
            return counters.getOrDefault(List.of(metric, List.of(labelValues)), 0L);
        }

        void put(long count, KomboMetric metric, String... labelValues) {
            counters.put(List.of(metric, List.of(labelValues)), count);
        }
    }

    @Test
    void shouldLetInAsManyEventsAsHaveHadTheirSweeps() throws InterruptedException {
        figures.put(7L, KomboMetric.SWEEP_SLICES);
        InputGate gate = gate(2, 100_000, true);

        assertThat(sendUntilHeld(gate)).as("a slice of both tasks is under way").isEqualTo(2 * 40);

        figures.put(7L + 3, KomboMetric.SWEEP_SLICES);
        figures.put(80L, KomboMetric.EVENTS, "accepted");
        assertThat(sendUntilHeld(gate)).isEqualTo((3 + 2) * 40);
        assertThat(gate.slices()).isEqualTo(3);
        assertThat(gate.accepted()).isEqualTo(80);
    }

    @Test
    void shouldHoldTheInputWhereTheItemTasksDoNotKeepUp() throws InterruptedException {
        InputGate gate = gate(1, 100_000, false);
        figures.put(4_501L, KomboMetric.TARGET_UPDATES, "sent");
        figures.put(500L, KomboMetric.TARGET_UPDATES, "applied");

        assertThat(sendUntilHeld(gate)).isZero();
        assertThat(gate.mostItemLag()).isEqualTo(4_001);

        figures.put(501L, KomboMetric.TARGET_UPDATES, "applied");
        assertThat(sendUntilHeld(gate)).as("events that may wait").isEqualTo(400);
        assertThat(gate.mostWaiting()).isEqualTo(400);
    }

    @Test
    void shouldKeepTheRate() throws InterruptedException {
        InputGate gate = gate(1, 50, false);
        long startedAt = System.nanoTime();

        for (long sent = 0; sent < 20; sent++) {
            gate.await(sent);
        }

        assertThat(Duration.ofNanos(System.nanoTime() - startedAt)).isGreaterThanOrEqualTo(Duration.ofMillis(380));
    }

    @Test
    void shouldWatchButNeverHoldWhenUnpaced() throws InterruptedException {
        figures.put(1_000_000L, KomboMetric.TARGET_UPDATES, "sent");
        InputGate gate = gate(1, LivePlan.UNPACED, true);

        for (long sent = 0; sent < 10_000; sent++) {
            gate.await(sent);
        }

        assertThat(gate.mostItemLag()).isEqualTo(1_000_000);
        assertThat(gate.mostWaiting()).isGreaterThan(9_900);
    }

    @Test
    void shouldFailWhereNothingMoves() {
        figures.put(5_000L, KomboMetric.TARGET_UPDATES, "sent");
        InputGate gate = gate(1, 1000, true);

        assertThatThrownBy(() -> gate.await(0))
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("waited until the service catches up, but nothing moved for 0 s")
                .hasMessageContaining("[0, 0, 0]");
    }

    private InputGate gate(int partitions, double rate, boolean sweeping) {
        return new InputGate(figures, new LivePlan(partitions, 1, rate), PACE, waiting, sweeping);
    }

    private long sent;

    /** Sends on until the gate stays shut. */
    private long sendUntilHeld(InputGate gate) throws InterruptedException {
        while (true) {
            try {
                gate.await(sent);
                sent++;
            } catch (IllegalStateException held) {
                return sent;
            }
        }
    }
}
