package dev.kombo.shop.replay;

import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.CommandException;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.shop.data.EventRow;
import dev.kombo.shop.data.FileCatalog;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.Callback;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.TopicPartition;

/**
 * Sends items, bundles, events and rejected rows to their topics, and fails when a record is lost.
 *
 * <p>Records carry the producer's time, not the event's: a broker deletes records by their time, and a replay of 2011
 * would be deleted at its next check.
 */
public final class RowSender {
    private final Producer<String, SpecificRecord> producer;
    private final Topics topics;

    /** Written by the producer's thread, as are the ends. */
    private final AtomicReference<Exception> failure = new AtomicReference<>();

    private final Map<TopicPartition, Long> ends = new ConcurrentHashMap<>();
    private final Callback noteResult = (metadata, exception) -> {
        if (exception == null) {
            TopicPartition partition = new TopicPartition(metadata.topic(), metadata.partition());
            ends.merge(partition, metadata.offset() + 1, Math::max);
        } else {
            failure.compareAndSet(null, exception);
        }
    };

    public RowSender(Producer<String, SpecificRecord> producer, Topics topics) {
        this.producer = producer;
        this.topics = topics;
    }

    /** Publishes a catalogue, and returns when it is stored: the events that need it come later. */
    public void send(FileCatalog catalog) {
        catalog.items().forEach(this::send);
        catalog.bundles().forEach(this::send);
        flush();
    }

    public void send(Item item) {
        send(topics.name(Topic.ITEM_CATALOG), item.getItemId(), item);
    }

    public void send(Bundle bundle) {
        send(topics.name(Topic.BUNDLE_CATALOG), bundle.getBundleId(), bundle);
    }

    public void send(BehaviorEvent event) {
        String key = event.getUserId() != null ? event.getUserId() : event.getSessionId();
        send(topics.name(Topic.BEHAVIOR_EVENT), key, event);
    }

    void send(EventRow.Rejected row, String fileName) {
        String source = EventRow.id(fileName, row.line());
        RejectedEvent rejected = new RejectedEvent();
        rejected.setSource(source);
        rejected.setField(row.field());
        rejected.setReason(row.reason());
        rejected.setDetail(row.detail());
        rejected.setPayload(row.rawRow());
        rejected.setEventTime(row.eventTime());
        send(topics.name(Topic.REJECTED_EVENT), source, rejected);
    }

    /** Waits until everything sent is stored. */
    public void flush() {
        producer.flush();
        failOnError();
    }

    /** Returns the offset after the last stored record of each partition. */
    public Map<TopicPartition, Long> ends() {
        return ends;
    }

    /**
     * Fails if a send has failed.
     *
     * @throws CommandException if one has
     */
    void failOnError() {
        Exception cause = failure.get();
        if (cause != null) {
            throw CommandException.failure("a record could not be published: " + cause.getMessage(), cause);
        }
    }

    public void send(String topic, String key, SpecificRecord value) {
        failOnError();
        try {
            var unused = producer.send(new ProducerRecord<>(topic, key, value), noteResult);
        } catch (KafkaException e) {
            throw CommandException.failure("a record could not be published to " + topic + ": " + e.getMessage(), e);
        }
    }
}
