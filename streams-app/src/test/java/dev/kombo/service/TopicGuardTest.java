package dev.kombo.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.console.StopSignal;
import dev.kombo.ops.StoppableWait;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

@Timeout(20)
class TopicGuardTest {
    private final StoppableWait wait = new StoppableWait();

    private void check(Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        // Nothing listens there.
        all.put(ServiceSettings.BOOTSTRAP_SERVERS.name(), "127.0.0.1:1");
        KomboConfig config = KomboConfig.of(all);
        try (StartQuestions brokers = new StartQuestions(config, wait)) {
            TopicGuard.check(brokers, Topics.of(config), "127.0.0.1:1");
        }
    }

    @Test
    void shouldEndAtOnceWhenInterruptedWhileAnAnswerIsOutstanding() {
        Thread.currentThread().interrupt();

        assertThatThrownBy(() -> check(Map.of("kombo.streams.request.timeout.ms", "60000")))
                .hasRootCauseInstanceOf(InterruptedException.class);

        assertThat(Thread.interrupted()).isTrue();
    }

    @Test
    void shouldTellAStopFromAFailureWhenItPausesBetweenLooks() {
        Map<String, String> impatient = Map.of(
                "kombo.streams.admin.default.api.timeout.ms", "100",
                "kombo.streams.admin.request.timeout.ms", "100");
        try (StopSignal stop = StopSignal.install()) {
            CompletableFuture<Void> other = CompletableFuture.runAsync(() -> {
                Awaitility.await().until(() -> !wait.waitsFor().isEmpty());
                stop.raise();
            });

            assertThatThrownBy(() -> stop.interruptibly(() -> {
                        check(impatient);
                        return null;
                    }))
                    .isInstanceOf(InterruptedException.class);

            other.join();
        }
    }
}
