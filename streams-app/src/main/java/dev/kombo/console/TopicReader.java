package dev.kombo.console;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.BiConsumer;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.ConsumerRecords;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.PartitionInfo;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.jspecify.annotations.Nullable;

/** Reads topics from their beginning to their current end: only committed records, and without joining a group. */
public final class TopicReader implements AutoCloseable {
    private static final Duration POLL = Duration.ofMillis(200);
    private static final Duration LONGEST_SILENCE = Duration.ofSeconds(60);

    private final AvroSerdes serdes;
    private final KafkaConsumer<byte[], byte[]> consumer;
    private final Duration longestSilence;

    public TopicReader(KomboConfig config) {
        this(config, LONGEST_SILENCE);
    }

    /** @param longestSilence reading fails after this long without an answer or progress */
    public TopicReader(KomboConfig config, Duration longestSilence) {
        this.longestSilence = longestSilence;
        serdes = new AvroSerdes(config.avroSettings());
        Map<String, Object> settings = ClientSettings.consumer(config);
        settings.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        settings.put(ConsumerConfig.ENABLE_AUTO_COMMIT_CONFIG, false);
        settings.put(ConsumerConfig.ALLOW_AUTO_CREATE_TOPICS_CONFIG, false);
        settings.putIfAbsent(ConsumerConfig.DEFAULT_API_TIMEOUT_MS_CONFIG, (int) longestSilence.toMillis());
        consumer = new KafkaConsumer<>(settings, new ByteArrayDeserializer(), new ByteArrayDeserializer());
    }

    /**
     * Reads a topic.
     *
     * @param each receives the records, in order within a partition
     * @throws CommandException if there is no such topic, or the broker stops answering
     */
    public <V extends SpecificRecord> void read(String topic, Class<V> type, java.util.function.Consumer<V> each) {
        try (Deserializer<V> values = serdes.value(type).deserializer()) {
            readAll(consumer, List.of(topic), longestSilence, record -> {
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
        List<TopicPartition> partitions = partitions(consumer, topics);
        Map<TopicPartition, Long> from = consumer.beginningOffsets(partitions);
        Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
        Map<TopicPartition, Map<ByteBuffer, Long>> latest = new HashMap<>();
        partitions.forEach(partition -> latest.put(partition, new HashMap<>()));
        read(
                consumer,
                from,
                ends,
                longestSilence,
                record -> latest.get(partitionOf(record)).put(ByteBuffer.wrap(record.key()), record.offset()));
        read(consumer, from, ends, longestSilence, record -> {
            long offset = latest.get(partitionOf(record)).get(ByteBuffer.wrap(record.key()));
            if (record.value() != null && record.offset() == offset) {
                each.accept(record);
            }
        });
    }

    /** Reads a topic as it is at one moment: each key with its latest value, but not if it was deleted. */
    public <V extends SpecificRecord> void latest(String topic, Class<V> type, BiConsumer<String, V> each) {
        try (Deserializer<V> values = serdes.value(type).deserializer()) {
            latest(
                    List.of(topic),
                    record -> each.accept(
                            new String(record.key(), StandardCharsets.UTF_8),
                            values.deserialize(topic, record.value())));
        }
    }

    /**
     * Returns the first record of a partition from an offset on, or null at its end.
     *
     * @param from negative: from the beginning
     */
    public @Nullable ConsumerRecord<byte[], byte[]> next(TopicPartition place, long from) {
        Map<TopicPartition, Long> start = from < 0 ? consumer.beginningOffsets(List.of(place)) : Map.of(place, from);
        Map<TopicPartition, Long> end = consumer.endOffsets(List.of(place));
        Iterator<ConsumerRecord<byte[], byte[]>> records =
                first(consumer, start, end, longestSilence).iterator();
        return records.hasNext() ? records.next() : null;
    }

    /** Whether there is a topic of a name. */
    public boolean exists(String topic) {
        List<PartitionInfo> known = consumer.partitionsFor(topic);
        return known != null && !known.isEmpty();
    }

    /** Those of some topics that have, or had, records. */
    public Set<String> withRecords(Collection<String> topics) {
        List<TopicPartition> partitions = partitions(consumer, topics);
        return consumer.endOffsets(partitions).entrySet().stream()
                .filter(end -> end.getValue() > 0)
                .map(end -> end.getKey().topic())
                .collect(Collectors.toCollection(TreeSet::new));
    }

    private static TopicPartition partitionOf(ConsumerRecord<?, ?> record) {
        return new TopicPartition(record.topic(), record.partition());
    }

    /**
     * Reads topics from their beginning to their current ends.
     *
     * @param consumer its assignment changes
     * @throws CommandException as {@link #read} and {@link #partitions} do
     */
    public static void readAll(
            Consumer<byte[], byte[]> consumer,
            Collection<String> topics,
            Duration longestSilence,
            java.util.function.Consumer<ConsumerRecord<byte[], byte[]>> each) {
        List<TopicPartition> partitions = partitions(consumer, topics);
        read(consumer, consumer.beginningOffsets(partitions), consumer.endOffsets(partitions), longestSilence, each);
    }

    /**
     * Reads partitions.
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
        seek(consumer, from, ends);
        readOn(consumer, ends, longestSilence, records -> {
            for (ConsumerRecord<byte[], byte[]> record : records) {
                if (record.offset() < ends.get(partitionOf(record))) {
                    each.accept(record);
                }
            }
            return true;
        });
    }

    /**
     * Returns the first records that are found in partitions; none if only markers of transactions are left.
     *
     * @param consumer its assignment changes
     * @throws CommandException if nothing is found and the ends are not reached
     */
    public static ConsumerRecords<byte[], byte[]> first(
            Consumer<byte[], byte[]> consumer,
            Map<TopicPartition, Long> from,
            Map<TopicPartition, Long> ends,
            Duration longestSilence) {
        seek(consumer, from, ends);
        AtomicReference<ConsumerRecords<byte[], byte[]>> first = new AtomicReference<>(ConsumerRecords.empty());
        readOn(consumer, ends, longestSilence, records -> {
            first.set(records);
            return records.isEmpty();
        });
        return first.get();
    }

    private static void seek(Consumer<?, ?> consumer, Map<TopicPartition, Long> from, Map<TopicPartition, Long> ends) {
        consumer.assign(ends.keySet());
        ends.keySet().forEach(partition -> consumer.seek(partition, from.get(partition)));
    }

    /**
     * Reads on from a consumer's positions, which advance past the markers of transactions; these are passed to nobody.
     *
     * @param ends the offset after the last record of each partition
     * @param longestSilence reading fails after this long without progress
     * @param each receives what each poll returns; false: enough
     * @throws CommandException if the broker stops answering, or a transaction stays open
     */
    public static <K, V> void readOn(
            Consumer<K, V> consumer,
            Map<TopicPartition, Long> ends,
            Duration longestSilence,
            Predicate<ConsumerRecords<K, V>> each) {
        long lastMoved = System.nanoTime();
        long position = -1;
        while (ends.keySet().stream().anyMatch(one -> consumer.position(one) < ends.get(one))) {
            if (!each.test(consumer.poll(POLL))) {
                return;
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
     * Lets a consumer read what is written to a topic from now on.
     *
     * @return the partitions
     * @throws CommandException if there is no such topic
     */
    public static List<TopicPartition> fromNowOn(Consumer<?, ?> consumer, String topic) {
        List<TopicPartition> partitions = partitions(consumer, List.of(topic));
        consumer.assign(partitions);
        consumer.seekToEnd(partitions);
        // Seeking is lazy: without asking for the position, what is written before the first poll would be missed.
        partitions.forEach(consumer::position);
        return partitions;
    }

    /**
     * Returns the partitions of topics.
     *
     * @throws CommandException if one of the topics does not exist
     */
    public static List<TopicPartition> partitions(Consumer<?, ?> consumer, Collection<String> topics) {
        List<TopicPartition> partitions = new ArrayList<>();
        for (String topic : topics) {
            List<PartitionInfo> known = consumer.partitionsFor(topic);
            if (known == null || known.isEmpty()) {
                throw CommandException.failure("there is no topic " + topic + "; kombo topics create makes it");
            }
            known.forEach(info -> partitions.add(new TopicPartition(topic, info.partition())));
        }
        return partitions;
    }

    @Override
    public void close() {
        consumer.close();
        serdes.close();
    }
}
