package dev.kombo.shop.replay;

import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.ops.DeadLetters;
import dev.kombo.schema.RejectedEvent;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.MockProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.IsolationLevel;
import org.apache.kafka.common.errors.SerializationException;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.header.Headers;
import org.apache.kafka.common.record.TimestampType;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.common.utils.Utils;

/** Topics in memory: a producer writes to them, and they are read back. A value's bytes are its number in a list. */
final class FakeTopics implements TopicLog {
    static final Topics TOPICS = new Topics("", 1);

    private final int partitions;
    private final List<SpecificRecord> values = new ArrayList<>();
    private final Map<String, List<ConsumerRecord<byte[], byte[]>>> logs = new HashMap<>();
    private final Map<String, Long> nextOffsets = new HashMap<>();
    private int flushed;

    FakeTopics(int partitions) {
        this.partitions = partitions;
    }

    @Override
    public void read(String topic, IsolationLevel isolation, Consumer<ConsumerRecord<byte[], byte[]>> reader) {
        held(topic).forEach(reader);
    }

    SpecificRecord decode(String topic, byte[] value) {
        if (value.length != Integer.BYTES) {
            throw new SerializationException("no record in " + topic);
        }
        return values.get(ByteBuffer.wrap(value).getInt());
    }

    List<ConsumerRecord<byte[], byte[]>> held(String topic) {
        return logs.getOrDefault(topic, List.of());
    }

    <T> List<T> values(String topic, Class<T> type) {
        return held(topic).stream()
                .map(holder -> type.cast(decode(topic, holder.value())))
                .toList();
    }

    /** Number of records that a producer had sent when it was flushed last. */
    int flushed() {
        return flushed;
    }

    void append(String topic, String key, SpecificRecord value) {
        values.add(value);
        byte[] bytes =
                ByteBuffer.allocate(Integer.BYTES).putInt(values.size() - 1).array();
        append(topic, key, bytes, noHeaders());
    }

    void append(String topic, String key, byte[] value, Headers headers) {
        byte[] keyBytes = key.getBytes(StandardCharsets.UTF_8);
        int partition = Utils.toPositive(Utils.murmur2(keyBytes)) % partitions;
        long offset = nextOffsets.merge(topic + partition, 1L, Long::sum) - 1;
        logs.computeIfAbsent(topic, none -> new ArrayList<>())
                .add(new ConsumerRecord<>(
                        topic,
                        partition,
                        offset,
                        0,
                        TimestampType.CREATE_TIME,
                        keyBytes.length,
                        value == null ? -1 : value.length,
                        keyBytes,
                        value,
                        headers,
                        Optional.empty()));
    }

    static Headers noHeaders() {
        return new ProducerRecord<String, String>("any", "").headers();
    }

    /** The topology rejects an event. */
    void rejectByTopology(String eventId, String reason) {
        RejectedEvent rejected = new RejectedEvent();
        rejected.setEventId(eventId);
        rejected.setSource("behavior-event");
        rejected.setReason(reason);
        append(TOPICS.name(Topic.REJECTED_EVENT), "user", rejected);
    }

    /** Kafka Streams gives up on a record. */
    void deadLetter(ConsumerRecord<byte[], byte[]> failed) {
        Headers headers = noHeaders()
                .add(DeadLetters.TOPIC, text(failed.topic()))
                .add(DeadLetters.PARTITION, text(Integer.toString(failed.partition())))
                .add(DeadLetters.OFFSET, text(Long.toString(failed.offset())));
        append(TOPICS.name(Topic.DEAD_LETTER), "user", failed.value(), headers);
    }

    /** A producer that stores what it sends; sends that the predicate names fail as a lost broker lets them fail. */
    MockProducer<String, SpecificRecord> producer(Predicate<ProducerRecord<String, SpecificRecord>> fails) {
        return new MockProducer<>(true, null, new StringSerializer(), (topic, value) -> new byte[0]) {
            @Override
            public synchronized Future<RecordMetadata> send(
                    ProducerRecord<String, SpecificRecord> sent, Callback callback) {
                if (fails.test(sent)) {
                    TimeoutException lost = new TimeoutException("broker lost");
                    callback.onCompletion(null, lost);
                    return CompletableFuture.failedFuture(lost);
                }
                append(sent.topic(), sent.key(), sent.value());
                return super.send(sent, callback);
            }

            @Override
            public synchronized void flush() {
                flushed = values.size();
                super.flush();
            }
        };
    }

    private static byte[] text(String value) {
        return value.getBytes(StandardCharsets.UTF_8);
    }
}
