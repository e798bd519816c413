package dev.kombo.research.bench;

import dev.kombo.config.ClientSettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.console.CommandException;
import dev.kombo.console.TopicReader;
import java.time.Duration;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/**
 * The topic that the reference application reads: copies of the service's events, byte by byte and in the same
 * partitions. So it can process a batch several times, of which the service learns nothing. Not thread-safe.
 */
final class ReferenceInput implements AutoCloseable {
    static final String TOPIC = "bench-c3-input";

    private static final Duration STALL = Duration.ofMinutes(1);

    /** As the events themselves are sent, so that reading the copies costs the same. */
    private static final Map<String, Object> PRODUCER = Map.of(
            ProducerConfig.COMPRESSION_TYPE_CONFIG,
            "lz4",
            ProducerConfig.LINGER_MS_CONFIG,
            20,
            ProducerConfig.BATCH_SIZE_CONFIG,
            1 << 16);

    private final Consumer<byte[], byte[]> consumer;
    private final Producer<byte[], byte[]> producer;
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    /** Creates the topic, with as many partitions as that of the events. */
    ReferenceInput(Installation installation) throws Exception {
        Optional<Integer> partitions = Optional.of(installation.config().get(ServiceSettings.TOPIC_PARTITIONS));
        installation
                .clients()
                .admin()
                .createTopics(List.of(new NewTopic(TOPIC, partitions, Optional.empty())))
                .all()
                .get();
        consumer = installation.clients().bytes(IsolationLevel.READ_COMMITTED);
        Map<String, Object> settings = new HashMap<>(ClientSettings.producer(installation.config()));
        settings.putAll(PRODUCER);
        producer = new KafkaProducer<>(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /**
     * Appends a copy of events.
     *
     * @param from offset of the first event of each partition; where it is missing, the first of all
     * @param to offset after the last event of each partition that has some
     * @return offset after the last copy of each partition
     * @throws CommandException if a copy cannot be written
     */
    Map<TopicPartition, Long> copy(Map<TopicPartition, Long> from, Map<TopicPartition, Long> to) {
        Map<TopicPartition, Long> starts = new HashMap<>(to);
        starts.replaceAll((partition, end) -> from.getOrDefault(partition, 0L));
        TopicReader.read(consumer, starts, to, STALL, this::send);
        producer.flush();
        if (failure.get() != null) {
            throw CommandException.failure(
                    "an event could not be copied: " + failure.get().getMessage(), failure.get());
        }
        return consumer.endOffsets(TopicReader.partitions(consumer, List.of(TOPIC)));
    }

    private void send(ConsumerRecord<byte[], byte[]> event) {
        var unused = producer.send(
                new ProducerRecord<>(TOPIC, event.partition(), event.key(), event.value()),
                (metadata, exception) -> failure.compareAndSet(null, exception));
    }

    @Override
    public void close() {
        try (consumer) {
            producer.close(Duration.ZERO);
        }
    }
}
