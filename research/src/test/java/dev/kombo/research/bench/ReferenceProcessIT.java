package dev.kombo.research.bench;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.client.TrustedRecords;
import dev.kombo.console.TopicReader;
import dev.kombo.research.bench.ReferenceApplication.Variant;
import java.nio.file.Path;
import java.time.Duration;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ReferenceProcessIT {
    private static final Duration SILENCE = Duration.ofSeconds(20);

    static {
        TrustedRecords.install();
    }

    @TempDir
    Path folder;

    @Test
    void shouldLetEachVariantProcessEachCopyOfABatch() throws Exception {
        BenchShop shop = new BenchShop(100, 100, 50, 0, 1);
        Map<Variant, Integer> outputs = new EnumMap<>(Variant.class);
        try (Installation installation = new Installation(folder, Map.of(), new ThisVersion());
                ReferenceProcess reference = ReferenceProcess.start(installation);
                Consumer<byte[], byte[]> consumer = installation.clients().bytes(IsolationLevel.READ_COMMITTED)) {
            Map<TopicPartition, Long> warmUp = installation.publish(shop.batch(200, List.of()));
            Map<TopicPartition, Long> batch = installation.publish(shop.batch(300, List.of()));
            reference.copy(Map.of(), warmUp);
            processed(reference);
            for (int pass = 0; pass < 2; pass++) {
                reference.copy(warmUp, batch);
                processed(reference);
            }

            for (Variant variant : Variant.values()) {
                AtomicInteger count = new AtomicInteger();
                TopicReader.readAll(consumer, List.of(variant.id()), SILENCE, record -> count.incrementAndGet());
                outputs.put(variant, count.get());
            }
        }
        assertThat(outputs).containsEntry(Variant.BASE, 800).containsEntry(Variant.SAME, 800);
    }

    private static void processed(ReferenceProcess reference) throws Exception {
        for (Variant variant : Variant.values()) {
            assertThat(reference.run(variant, () -> "taken")).isEqualTo("taken");
        }
    }
}
