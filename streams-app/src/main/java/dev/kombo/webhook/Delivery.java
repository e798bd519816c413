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

    void tried() {
        attempts++;
    }

    /**
     * An attempt failed. Times are nanoseconds of a clock that never goes back.
     *
     * @param lastDelivered when the receiver took any offer
     * @param longest time between two attempts that counts
     * @return for how long it has failed while others got through
     */
    long failed(long lastDelivered, long now, long longest) {
        if (attempts > 1) {
            blamedNanos += blame(failedAt, lastDelivered, now, longest);
        }
        failedAt = now;
        return blamedNanos;
    }

    /**
     * What of the time between two attempts speaks against the offer: nothing while the receiver took none, as it was down
     * then.
     */
    static long blame(long failedBefore, long lastDelivered, long now, long longest) {
        return lastDelivered - failedBefore > 0 ? Math.min(now - failedBefore, longest) : 0;
    }

    /** From when on it may be tried, in nanoseconds. */
    long dueAt() {
        return dueAt;
    }

    void postpone(long nanos) {
        dueAt = nanos;
    }
}
