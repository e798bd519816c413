package dev.kombo.lab.simulation;

import dev.kombo.lab.kafka.Waiting;
import dev.kombo.schema.BehaviorEvent;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;

/** Publishes what the shop has to tell, and waits until the service has taken it in. For one thread. */
final class EventPublisher implements AutoCloseable {
    private final Producer<String, SpecificRecord> producer;
    private final Supplier<Map<TopicPartition, Long>> committedOffsets;
    private final Waiting waiting;
    private final AtomicReference<Exception> failure = new AtomicReference<>();
    /** Offset after the last event of each partition; written by the producer's thread. */
    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    /** Time of the last event of each partition; written by the producer's thread. */
    private final Map<TopicPartition, Long> times = new ConcurrentHashMap<>();

    EventPublisher(
            Producer<String, SpecificRecord> producer,
            Supplier<Map<TopicPartition, Long>> committedOffsets,
            Waiting waiting) {
        this.producer = producer;
        this.committedOffsets = committedOffsets;
        this.waiting = waiting;
    }

    /** Publishes events and returns when the service has committed all of them. */
    void publish(String topic, List<BehaviorEvent> events) throws InterruptedException {
        for (BehaviorEvent event : events) {
            var unused = producer.send(new ProducerRecord<>(topic, event.getUserId(), event), (metadata, exception) -> {
                if (exception == null) {
                    TopicPartition partition = new TopicPartition(topic, metadata.partition());
                    ends.merge(partition, metadata.offset() + 1, Math::max);
                    times.merge(partition, event.getEventTime(), Math::max);
                } else {
                    failure.compareAndSet(null, exception);
                }
            });
        }
        producer.flush();
        if (failure.get() != null) {
            throw new IllegalStateException("an event cannot be published: " + failure.get(), failure.get());
        }
        Map<TopicPartition, Long> seen = new HashMap<>();
        waiting.until("the service has taken in what was published", () -> taken(seen), () -> Map.copyOf(seen));
    }

    private boolean taken(Map<TopicPartition, Long> seen) {
        seen.putAll(committedOffsets.get());
        for (Map.Entry<TopicPartition, Long> end : ends.entrySet()) {
            if (seen.getOrDefault(end.getKey(), 0L) < end.getValue()) {
                return false;
            }
        }
        return true;
    }

    /** A time that the service has reached on each partition that events went to. */
    long timeReached() {
        return times.values().stream().mapToLong(Long::longValue).min().orElse(Long.MIN_VALUE);
    }

    @Override
    public void close() {
        producer.close();
    }
}
