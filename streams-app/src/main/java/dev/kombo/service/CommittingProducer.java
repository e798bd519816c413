package dev.kombo.service;

import java.time.Duration;
import java.util.Map;
import org.apache.kafka.clients.consumer.ConsumerGroupMetadata;
import org.apache.kafka.clients.consumer.OffsetAndMetadata;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.errors.TimeoutException;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The producer of a stream thread, which reports a commit without an answer as a failure that ends the thread.
 *
 * <p>When the broker does not answer a commit within {@code max.block.ms}, nobody knows whether the transaction was
 * committed. Kafka Streams 4.4.0 takes the {@link TimeoutException} as a sign that the tasks are corrupted: it deletes
 * their stores and restores them within the same thread. If the second attempt times out as well, it marks the empty
 * stores with the offsets of before, so that they count as complete and nothing is restored. Here the thread ends
 * before any of this. Its stores keep what was last committed together with the offset of that, and the tasks of the
 * thread that replaces it restore the difference, whichever way the transaction ended.
 */
class CommittingProducer extends KafkaProducer<byte[], byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(CommittingProducer.class);

    /** Touched only by the stream thread that owns the producer, which also closes it. */
    private boolean commitUnknown;

    CommittingProducer(Map<String, Object> settings) {
        super(settings, new ByteArraySerializer(), new ByteArraySerializer());
    }

    /** @throws KafkaException if the broker does not answer; never a {@link TimeoutException} */
    @Override
    public void sendOffsetsToTransaction(
            Map<TopicPartition, OffsetAndMetadata> offsets, ConsumerGroupMetadata groupMetadata) {
        try {
            super.sendOffsetsToTransaction(offsets, groupMetadata);
        } catch (TimeoutException e) {
            throw unanswered("the offsets of a transaction", e);
        }
    }

    /** @throws KafkaException if the broker does not answer; never a {@link TimeoutException} */
    @Override
    public void commitTransaction() {
        try {
            super.commitTransaction();
        } catch (TimeoutException e) {
            throw unanswered("a commit", e);
        }
    }

    private KafkaException unanswered(String what, TimeoutException timeout) {
        commitUnknown = true;
        return new KafkaException(
                "The broker did not answer " + what + "; it is not known whether the transaction was committed",
                timeout);
    }

    /**
     * Aborts the transaction. After a commit without an answer a producer refuses that with an
     * {@link IllegalStateException}, which Kafka Streams does not expect: it would skip the rest of closing a task and
     * keep the offsets of records that were never committed. The broker ends the transaction in any case.
     *
     * @throws TimeoutException instead, which Kafka Streams logs and ignores
     */
    @Override
    public void abortTransaction() {
        try {
            super.abortTransaction();
        } catch (IllegalStateException e) {
            if (!commitUnknown) {
                throw e;
            }
            throw new TimeoutException("The transaction cannot be aborted, as its commit got no answer", e);
        }
    }

    /** Waits for no answer if one was already missing, so that the next thread need not wait for this one. */
    @Override
    public void close() {
        if (commitUnknown) {
            LOG.info("Closing a producer at once, since the broker does not answer");
            close(Duration.ZERO);
        } else {
            super.close();
        }
    }
}
