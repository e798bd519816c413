package dev.kombo.shop.command;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.shop.ProgressDisplay;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;

class ReplayTest {
    private static final TopicPartition FIRST = new TopicPartition("behavior-event", 0);
    private static final TopicPartition SECOND = new TopicPartition("item-update", 0);
    private static final TopicPartition OTHER = new TopicPartition("offer-outcome", 0);

    @Test
    void shouldNotShowAsProgressWhatWasProcessedBefore() {
        List<String> shown = new ArrayList<>();
        ProgressDisplay display = (position, size, rows) -> shown.add(position + " of " + size + ", " + rows);
        Map<TopicPartition, Long> ends = new HashMap<>(Map.of(FIRST, 1_000_100L, SECOND, 40L));
        Consumer<Map<TopicPartition, Long>> processed = Replay.processed(() -> ends, display);

        processed.accept(Map.of(FIRST, 1_000_000L, OTHER, 7L));
        ends.put(SECOND, 60L);
        processed.accept(Map.of(FIRST, 1_000_050L, SECOND, 40L, OTHER, 9L));
        processed.accept(ends);

        assertThat(shown).containsExactly("0 of 140, 0", "90 of 160, 90", "160 of 160, 160");
    }
}
