package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadRestartsTest {
    private static final RuntimeException FAULT = new IllegalStateException("a fault of the code");
    private static final RuntimeException AWAY = new StreamsException(new TimeoutException("no broker answers"));

    private final ThreadRestarts restarts = new ThreadRestarts(1);

    @Test
    void shouldStopAfterFiveFaultsAThreadInTenMinutes() {
        ThreadRestarts two = new ThreadRestarts(2);
        for (int i = 0; i < 5; i++) {
            assertThat(restarts.pause(FAULT, TimeUnit.MINUTES.toNanos(i))).isPresent();
        }
        assertThat(restarts.pause(FAULT, TimeUnit.MINUTES.toNanos(5))).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(two.pause(FAULT, i)).isPresent();
        }
        assertThat(two.pause(FAULT, 10)).isEmpty();
    }

    @Test
    void shouldForgetFailuresThatAreLongPast() {
        for (int i = 0; i < 20; i++) {
            assertThat(restarts.pause(FAULT, TimeUnit.MINUTES.toNanos(3L * i))).isPresent();
        }
    }

    @Test
    void shouldWaitHoweverLongWhereABrokerOrTheRegistryIsAway() {
        for (int i = 0; i < 1000; i++) {
            assertThat(restarts.pause(AWAY, i)).isPresent();
        }
    }

    @Test
    void shouldDoubleThePauseWithEachFailureUpToABound() {
        assertThat(restarts.pause(AWAY, 0)).hasValue(Duration.ofSeconds(1));
        assertThat(restarts.pause(AWAY, 1)).hasValue(Duration.ofSeconds(2));
        assertThat(restarts.pause(FAULT, 2)).hasValue(Duration.ofSeconds(4));
        for (int i = 3; i < 100; i++) {
            restarts.pause(AWAY, i);
        }
        assertThat(restarts.pause(AWAY, 100)).hasValue(Duration.ofSeconds(30));
        assertThat(restarts.pause(AWAY, TimeUnit.MINUTES.toNanos(30))).hasValue(Duration.ofSeconds(1));
    }
}
