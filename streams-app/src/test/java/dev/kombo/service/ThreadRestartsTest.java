package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.time.Duration;
import java.util.concurrent.TimeUnit;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.streams.errors.StreamsException;
import org.apache.kafka.streams.processor.TaskId;
import org.junit.jupiter.api.Test;

class ThreadRestartsTest {
    private final RuntimeException fault = new IllegalStateException("a fault of the code");
    private final RuntimeException away = new StreamsException(new TimeoutException("no broker answers"));

    private final ThreadRestarts restarts = new ThreadRestarts();

    @Test
    void shouldStopAfterFiveFaultsOfOneTaskInTenMinutes() {
        for (int i = 0; i < 5; i++) {
            assertThat(restarts.pause(faultOf(1), TimeUnit.MINUTES.toNanos(i))).isPresent();
            assertThat(restarts.pause(faultOf(2), TimeUnit.MINUTES.toNanos(i))).isPresent();
        }
        assertThat(restarts.pause(faultOf(1), TimeUnit.MINUTES.toNanos(5))).isEmpty();
    }

    private static StreamsException faultOf(int partition) {
        return new StreamsException(new IllegalStateException("a fault of the code"), new TaskId(0, partition));
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
