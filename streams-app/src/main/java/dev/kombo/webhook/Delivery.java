package dev.kombo.webhook;

import java.nio.charset.StandardCharsets;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.common.TopicPartition;

/**
 * An offer on its way to the shop's server: how often it was tried, and when it is tried again. Not thread-safe; used
 * by the sender's thread.
 */
final class Delivery {
    /** A sequence of offers that are delivered one after the other: those of a shopper. */
    record Lane(TopicPartition partition, String shopper) {}

    private final Lane lane;
    private final long offset;
    private final long readableSince;
    private ConsumerRecord<byte[], byte[]> record;
    private int attempts;
    private long failedAt;
    private long blamedNanos;
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

    /** When the broker received it, epoch milliseconds. */
    long readableSince() {
        return readableSince;
    }

    /** The record as read; null once it is done. */
    ConsumerRecord<byte[], byte[]> record() {
        return record;
    }

    boolean done() {
        return record == null;
    }

    /** Releases the content. */
    void finish() {
        record = null;
    }

    int attempts() {
        return attempts;
    }

    void tried() {
        attempts++;
    }

    /**
     * Records a failed attempt. Times are nanoseconds of a monotonic clock.
     *
     * @param lastDelivered when the receiver last accepted any offer
     * @param longest most time between two attempts that counts
     * @return how long it has failed while other offers were accepted
     */
    long failed(long lastDelivered, long now, long longest) {
        if (attempts > 1) {
            blamedNanos += blame(failedAt, lastDelivered, now, longest);
        }
        failedAt = now;
        return blamedNanos;
    }

    /**
     * The part of the time between two attempts that counts against the offer: none while the receiver accepted no
     * offer, as it was down then.
     */
    static long blame(long failedBefore, long lastDelivered, long now, long longest) {
        return lastDelivered - failedBefore > 0 ? Math.min(now - failedBefore, longest) : 0;
    }

    /** When it may be tried again, in nanoseconds. */
    long dueAt() {
        return dueAt;
    }

    void postpone(long nanos) {
        dueAt = nanos;
    }
}
