package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.junit.jupiter.api.Test;

class ThreadRestartsTest {
    private final RuntimeException fault = new IllegalStateException("a fault of the code");
    private final RuntimeException away = new StreamsException(new TimeoutException("no broker answers"));

    private final ThreadRestarts restarts = new ThreadRestarts(1);

    @Test
    void shouldStopAfterFiveFaultsAThreadInTenMinutes() {
        ThreadRestarts two = new ThreadRestarts(2);
        for (int i = 0; i < 5; i++) {
            assertThat(restarts.pause(fault, TimeUnit.MINUTES.toNanos(i))).isPresent();
        }
        assertThat(restarts.pause(fault, TimeUnit.MINUTES.toNanos(5))).isEmpty();
        for (int i = 0; i < 10; i++) {
            assertThat(two.pause(fault, i)).isPresent();
        }
        assertThat(two.pause(fault, 10)).isEmpty();
    }

    @Test
    void shouldForgetFailuresThatAreLongPast() {
        for (int i = 0; i < 20; i++) {
            assertThat(restarts.pause(fault, TimeUnit.MINUTES.toNanos(3L * i))).isPresent();
        }
    }

    @Test
    void shouldWaitHoweverLongWhereABrokerOrTheRegistryIsAway() {
        for (int i = 0; i < 1000; i++) {
            assertThat(restarts.pause(away, i)).isPresent();
        }
    }

    @Test
    void shouldDoubleThePauseWithEachFailureUpToABound() {
        assertThat(restarts.pause(away, 0)).hasValue(Duration.ofSeconds(1));
        assertThat(restarts.pause(away, 1)).hasValue(Duration.ofSeconds(2));
        assertThat(restarts.pause(fault, 2)).hasValue(Duration.ofSeconds(4));
        for (int i = 3; i < 100; i++) {
            restarts.pause(away, i);
        }
        assertThat(restarts.pause(away, 100)).hasValue(Duration.ofSeconds(30));
        assertThat(restarts.pause(away, TimeUnit.MINUTES.toNanos(30))).hasValue(Duration.ofSeconds(1));
    }
}
