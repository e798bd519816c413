package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.TrustedRecords;
import dev.kombo.console.TopicReader;
import dev.kombo.schema.BehaviorEvent;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceInputIT {
    static {
        TrustedRecords.install();
    }

    @TempDir
    Path folder;

    @Test
    void shouldCopyABatchAsOftenAsAskedForWithoutAddingToTheServicesTopics() throws Exception {
        BenchShop shop = new BenchShop(100, 100, 50, 0, 1);
        try (Installation installation = new Installation(folder, Map.of(), new ThisVersion());
                ReferenceInput input = new ReferenceInput(installation);
                Consumer<byte[], byte[]> consumer = installation.clients().bytes(IsolationLevel.READ_COMMITTED)) {
            Map<TopicPartition, Long> warmUp = installation.publish(shop.batch(200, List.of()));
            List<BehaviorEvent> batch = shop.batch(300, List.of());
            Map<TopicPartition, Long> ends = installation.publish(batch);

            Map<TopicPartition, Long> first = input.copy(warmUp, ends);
            Map<TopicPartition, Long> second = input.copy(warmUp, ends);

            assertThat(first.values().stream().mapToLong(end -> end).sum()).isEqualTo(300);
            assertThat(second.values().stream().mapToLong(end -> end).sum()).isEqualTo(600);
            var decoder = installation.clients().decoder(BehaviorEvent.class);
            List<BehaviorEvent> copies = new ArrayList<>();
            TopicReader.read(
                    consumer,
                    first,
                    second,
                    Duration.ofSeconds(20),
                    record -> copies.add(decoder.deserialize(record.topic(), record.value())));
            assertThat(copies).containsExactlyInAnyOrderElementsOf(batch);
            assertThat(installation.ends(consumer).keySet())
                    .extracting(TopicPartition::topic)
                    .doesNotContain(ReferenceInput.TOPIC);
        }
    }
}
