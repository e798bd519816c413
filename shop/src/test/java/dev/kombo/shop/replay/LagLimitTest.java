package dev.kombo.shop.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.shop.process.Patience;
import java.time.Duration;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.common.TopicPartition;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;

class LagLimitTest {
    private static final TopicPartition EVENTS = new TopicPartition("behavior-event", 0);
    private static final TopicPartition UPDATES = new TopicPartition("item-update", 0);

    @Test
    void shouldWaitUntilTheGroupIsCloseWhenItIsFarBehind() {
        AtomicLong committed = new AtomicLong();
        LagLimit limit = new LagLimit(
                () -> KafkaClients.lag(Map.of(EVENTS, committed.addAndGet(10)), Map.of(EVENTS, 100L, UPDATES, 20L)),
                50,
                Patience.upTo(Duration.ofSeconds(30), () -> {}));
        Awaitility.await().pollInSameThread().until(() -> {
            limit.awaitRoom();
            return committed.get() > 0;
        });
        // 100 + 20 - 70 = 50 is the first lag within the limit; a partition never committed counts in full.
        assertThat(committed.get()).isEqualTo(70);
    }

    @Test
    void shouldFailWhenTheGroupMakesNoProgress() {
        LagLimit limit = new LagLimit(() -> 100, 50, Patience.upTo(Duration.ZERO, () -> {}));
        assertThatThrownBy(() -> Awaitility.await().pollInSameThread().until(() -> {
                    limit.awaitRoom();
                    return false;
                }))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("100 records behind");
    }
}
