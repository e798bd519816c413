package dev.kombo.console;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;

/** Reads topics from their beginning to their current end: only committed records, and without joining a group. */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final AvroSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;

    public TopicReader(KomboConfig config) {
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
     * @param each receives the records, in order within a partition
     * @throws CommandException if there is no such topic, or the broker stops answering
     */
    public <V extends SpecificRecord> void read(String topic, Class<V> type, java.util.function.Consumer<V> each) {
        List<TopicPartition> partitions = partitions(consumer, topic);
        try (Deserializer<V> values = serdes.value(type).deserializer()) {
            read(
                    consumer,
                    consumer.beginningOffsets(partitions),
                    consumer.endOffsets(partitions),
                    LONGEST_SILENCE,
                    record -> {
                        if (record.value() != null) {
                            each.accept(values.deserialize(topic, record.value()));
                        }
                    });
        }
    }

    /**
     * Reads topics as they are at one moment: the latest record of each key, but not of one that was deleted. They are
     * read twice, so that no more than the keys are in memory.
     *
     * @param each gets the records, in order within a partition
     */
    public void latest(Collection<String> topics, java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> partitions = partitions(topics);
        Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Map<ByteBuffer, Long>> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, new HashMap<>()));
        read(
                consumer,
                from,
                ends,
                LONGEST_SILENCE,
                record -> latest.get(partitionOf(record)).put(ByteBuffer.wrap(record.key()), record.offset()));
        read(consumer, from, ends, LONGEST_SILENCE, record -> {
            long offset = latest.get(partitionOf(record)).get(ByteBuffer.wrap(record.key()));
            if (record.value() != null && record.offset() == offset) {
                each.accept(record);
            }
        });
    }

    /** Those of some topics that have, or had, records. */
    public Set<String> withRecords(Collection<String> topics) {
        List<TopicPartition> partitions = partitions(topics);
        return consumer.endOffsets(partitions).entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .map(end -> end.getKey().topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private List<TopicPartition> partitions(Collection<String> topics) {
        return topics.stream()
                .flatMap(topic -> partitions(consumer, topic).stream())
                .toList();
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /**
     * Reads partitions. Positions advance past transaction markers, which are passed to nobody.
     *
     * @param consumer its assignment changes
     * @param from offset of the first record of each partition
     * @param ends the offset after the last one
     * @param longestSilence reading fails after this long without progress
     * @param each receives the records, in order within a partition
     * @throws CommandException if the broker stops answering
     */
    public static void read(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Duration longestSilence,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
        long lastMoved = System.nanoTime();
        long position = -1;
        while (ends.keySet().stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
            for (ConsumerRecord<byte[], byte[]> record : consumer.poll(POLL)) {
                if (record.offset() < ends.get(partitionOf(record))) {
                    each.accept(record);
                }
            }
            long reached = ends.keySet().stream().mapToLong(consumer::position).sum();
            if (reached != position) {
                position = reached;
                lastMoved = System.nanoTime();
            } else if (System.nanoTime() - lastMoved > longestSilence.toNanos()) {
                throw CommandException.failure(ends.keySet() + " could not be read to their ends: no record for "
                        + longestSilence.toSeconds() + " s; a transaction may be open");
            }
        }
    }

    /**
     * Returns the partitions of a topic.
     *
     * @throws CommandException if there is no such topic
     */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, String topic) {
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
