package dev.kombo.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CountDownLatch;
import org.apache.kafka.common.errors.InterruptException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class StopSignalTest {
    private static final Duration LONG = Duration.ofMinutes(1);

    @Test
    void shouldInterruptTheWorkWhenToldToStop() {
        try (StopSignal stop = StopSignal.install()) {
            CountDownLatch begun = new CountDownLatch(1);
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                awaitQuietly(begun);
                stop.raise();
            });

            assertThatThrownBy(() -> stop.interruptibly(() -> {
                        begun.countDown();
                        Thread.sleep(LONG.toMillis());
                        return null;
                    }))
                    .isInstanceOf(InterruptedException.class);

            other.join();
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
            assertThat(stop.isRaised()).isTrue();
        }
    }

    @Test
    void shouldTellAnInterruptionWhenItComesWrapped() {
        try (StopSignal stop = StopSignal.install()) {
            assertThatThrownBy(() -> stop.interruptibly(() -> {
                        stop.raise();
                        throw new IllegalStateException("gave up", new InterruptException("interrupted"));
                    }))
                    .isInstanceOf(InterruptedException.class);
            assertThat(Thread.currentThread().isInterrupted()).isFalse();
        }
    }

    @Test
    void shouldPassOnOtherFailures() {
        try (StopSignal stop = StopSignal.install()) {
            assertThatThrownBy(() -> stop.interruptibly(() -> {
                        throw new IllegalStateException("broken");
                    }))
                    .hasMessage("broken");
        }
    }

    @Test
    void shouldNotBeginWhenToldToStopBefore() throws Exception {
        try (StopSignal stop = StopSignal.install()) {
            stop.raise();

            assertThat(stop.await(LONG)).isTrue();
            assertThatThrownBy(() -> stop.interruptibly(() -> {
                        throw new AssertionError("began");
                    }))
                    .isInstanceOf(InterruptedException.class);
        }
    }

    private static void awaitQuietly(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
