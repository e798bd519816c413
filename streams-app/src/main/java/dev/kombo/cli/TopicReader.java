package dev.kombo.cli;

import dev.kombo.config.KomboConfig;
import dev.kombo.serde.AvroSerdes;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads topics from their beginning to where they end when it starts: committed records only, as no member of a group. */
final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final AvroSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;

    TopicReader(KomboConfig config) {
        serdes = new AvroSerdes(config.avroSettings());
        Map<String, Object> settings = ClientSettings.consumer(config);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads a topic.
     *
     * @param each gets the records, in order within a partition
     * @throws CommandException where there is no such topic, or the broker falls silent
     */
    <V extends SpecificRecord> void read(String topic, Class<V> type, Consumer<V> each) {
        List<TopicPartition> partitions = partitions(topic);
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        long lastMoved = System.nanoTime();
        long position = -1;
        try (Deserializer<V> values = serdes.value(type).deserializer()) {
            while (partitions.stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
                for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                    if (record.value() != null) {
                        each.accept(values.deserialize(topic, record.value()));
                    }
                }
                long reached = partitions.stream().mapToLong(consumer::position).sum();
                if (reached != position) {
                    position = reached;
                    lastMoved = System.nanoTime();
                } else if (System.nanoTime() - lastMoved > LONGEST_SILENCE.toNanos()) {
                    throw CommandException.failure(
                            "the broker sends nothing more of " + topic + ", though there is more");
                }
            }
        }
    }

    private List<TopicPartition> partitions(String topic) {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        if (known == null || known.isEmpty()) {
            throw CommandException.failure("there is no topic " + topic + "; kombo topics create makes it");
        }
        return known.stream()
                .map(info -> new TopicPartition(topic, info.partition()))
                .toList();
    }

    @Override
    public void close() {
        consumer.close();
        serdes.close();
    }
}
