package dev.kombo.webhook;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/** An offer that was read, until it is delivered or dead. Touched by the sender's thread only. */
final class Delivery {
    /** Offers of one lane are delivered one after the other: those of a shopper. */
    record Lane(TopicPartition partition, String shopper) {}

    private final Lane lane;
    private final long offset;
    private final long readableSince;
    private ConsumerRecord<byte[], byte[]> record;
    private int attempts;
    private long firstTriedAt;
    private long dueAt;

    Delivery(ConsumerRecord<byte[], byte[]> record) {
        this.record = record;
        offset = record.offset();
        readableSince = record.timestamp();
        lane = new Lane(
                new TopicPartition(record.topic(), record.partition()),
                record.key() == null ? "" : new String(record.key(), StandardCharsets.UTF_8));
    }

    Lane lane() {
        return lane;
    }

    TopicPartition partition() {
        return lane.partition();
    }

    long offset() {
        return offset;
    }

    /** When the broker got it, epoch milliseconds. */
    long readableSince() {
        return readableSince;
    }

    /** As it was read; null once it is done. */
    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    boolean done() {
        return record == null;
    }

    /** Forgets the content. */
    void finish() {
        record = null;
    }

    int attempts() {
        return attempts;
    }

    /** When it was tried first, in nanoseconds of a clock that never goes back. */
    long firstTriedAt() {
        return firstTriedAt;
    }

    void tried(long nanos) {
        if (attempts == 0) {
            firstTriedAt = nanos;
        }
        attempts++;
    }

    /** From when on it may be tried, in the same nanoseconds. */
    long dueAt() {
        return dueAt;
    }

    void postpone(long nanos) {
        dueAt = nanos;
    }
}
