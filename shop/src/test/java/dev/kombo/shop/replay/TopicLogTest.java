package dev.kombo.shop.replay;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import dev.kombo.shop.kafka.MarkedConsumer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class TopicLogTest {
    private final MarkedConsumer consumer = new MarkedConsumer("events", 2);
    private final TopicPartition first = new TopicPartition("events", 0);
    private final TopicPartition second = new TopicPartition("events", 1);

    @Test
    void shouldReadToTheEndWhenLogEndsInMarkers() {
        consumer.hold(first, 0, 5, List.of(1L, 2L, 4L));
        consumer.hold(second, 7, 8, List.of());

        assertThat(read(Duration.ofSeconds(5))).containsExactly(1L, 2L, 4L);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldReadNothingWhenTopicIsEmpty() {
        assertThat(read(Duration.ofSeconds(5))).isEmpty();
    }

    @Test
    void shouldFailWhenNothingComes() {
        consumer.hold(first, 0, 5, List.of(1L));
        consumer.block();

        assertThatThrownBy(() -> read(Duration.ofMillis(50)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("could not be read");
    }

    @Test
    void shouldSayNoSuchTopicWhenItIsMissing() {
        TopicLog log = TopicLog.of(isolation -> consumer, Duration.ofSeconds(1));

        assertThatThrownBy(() -> log.read("nothing", IsolationLevel.READ_COMMITTED, any -> {}))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("there is no topic nothing");
    }

    private List<Long> read(Duration stall) {
        List<Long> offsets = new ArrayList<>();
        TopicLog.of(isolation -> consumer, stall)
                .read(
                        "events",
                        IsolationLevel.READ_COMMITTED,
                        (ConsumerRecord<byte[], byte[]> one) -> offsets.add(one.offset()));
        assertThat(consumer.ends()).isEqualTo(Map.of(first, consumer.end(first), second, consumer.end(second)));
        return offsets;
    }
}
