package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

class ThreadRestartsTest {
    private final ThreadRestarts restarts = new ThreadRestarts();

    @Test
    void shouldAllowFiveFailuresInTenMinutesAndNoMore() {
        for (int i = 0; i < 5; i++) {
            assertThat(restarts.allowed(TimeUnit.MINUTES.toNanos(i))).isTrue();
        }
        assertThat(restarts.allowed(TimeUnit.MINUTES.toNanos(5))).isFalse();
    }

    @Test
    void shouldForgetFailuresThatAreLongPast() {
        for (int i = 0; i < 20; i++) {
            assertThat(restarts.allowed(TimeUnit.MINUTES.toNanos(3L * i))).isTrue();
        }
    }
}
