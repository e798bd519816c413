package dev.kombo.shop.kafka;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.kombo.console.CommandException;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ConsumerGroupDrainTest {
    private final MarkedConsumer consumer = new MarkedConsumer("events", 2);
    private final TopicPartition first = new TopicPartition("events", 0);
    private final TopicPartition second = new TopicPartition("events", 1);
    private final AtomicInteger looks = new AtomicInteger();

    @Test
    void shouldBeDrainedWhenOnlyMarkersStandBehindTheCommittedOffset() throws InterruptedException {
        consumer.hold(first, 0, 10, List.of(1L, 2L, 5L));
        consumer.hold(second, 0, 3, List.of());

        await(() -> Map.of(first, 6L), Duration.ofSeconds(5));

        assertThat(looks).as("two clean looks").hasValue(2);
        assertThat(consumer.closed()).isTrue();
    }

    @Test
    void shouldWaitWhenARecordStandsBehindTheCommittedOffset() throws InterruptedException {
        consumer.hold(first, 0, 10, List.of(1L, 2L, 5L));

        await(() -> Map.of(first, looks.get() < 3 ? 3L : 6L), Duration.ofSeconds(5));

        assertThat(looks).hasValue(4);
    }

    @Test
    void shouldStartCountingAnewWhenALookIsNotClean() throws InterruptedException {
        consumer.hold(first, 0, 10, List.of(1L, 2L, 5L));

        await(() -> Map.of(first, looks.get() == 2 ? 4L : 6L), Duration.ofSeconds(5));

        assertThat(looks).hasValue(4);
    }

    @Test
    void shouldBeDrainedWhenPartitionWithoutCommitHoldsNothing() throws InterruptedException {
        consumer.hold(first, 4, 4, List.of());

        await(Map::of, Duration.ofSeconds(5));

        assertThat(looks).hasValue(2);
    }

    @Test
    void shouldSayWhatIsLeftWhenNothingMoves() {
        consumer.hold(first, 0, 10, List.of(1L));
        consumer.hold(second, 0, 4, List.of(1L));

        assertThatThrownBy(() -> await(() -> Map.of(first, 2L), Duration.ofMillis(300)))
                .isInstanceOf(CommandException.class)
                .hasMessageContaining("nothing moved")
                .hasMessageContaining("events-1 at 0 of 4")
                .hasMessageNotContaining("events-0");
    }

    @Test
    void shouldKeepWaitingWhenOffsetsMoveSlowly() throws InterruptedException {
        consumer.hold(first, 0, 10, List.of(1L, 2L, 3L, 4L, 5L, 6L));

        await(() -> Map.of(first, (long) looks.get()), Duration.ofMillis(300));

        assertThat(looks).hasValue(8);
    }

    private void await(Supplier<Map<TopicPartition, Long>> committed, Duration stall) throws InterruptedException {
        Supplier<Map<TopicPartition, Long>> counted = () -> {
            looks.incrementAndGet();
            return committed.get();
        };
        new ConsumerGroupDrain(counted, () -> consumer, List.of("events"), stall).drained(() -> null);
    }
}
