package dev.kombo.client;

import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import java.util.Map;
import java.util.concurrent.Future;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes shoppers' events, keyed by shopper. Events that Kombo would certainly reject fail at once; all other
 * rejections are reported in {@code rejected-event}. Thread-safe.
 */
public final class EventPublisher implements AutoCloseable {

    private static final int LONGEST_ID = 128;

    /**
     * The year 1980 in epoch milliseconds. The same number of seconds lies in the far future, so a time in seconds is
     * recognised.
     */
    private static final long EARLIEST = 315_532_800_000L;

    private final Producer<String, BehaviorEvent> producer;
    private final String topic;

    /**
     * Creates a publisher.
     *
     * @param settings of Kafka's producer, including {@code bootstrap.servers} and {@code schema.registry.url}; {@code
     *     kombo.topic.prefix} where the service has one
     */
    public EventPublisher(Map<String, ?> settings) {
        this(
                new KafkaProducer<>(OfferConsumers.with(
                        settings,
                        Map.of(
                                ProducerConfig.KEY_SERIALIZER_CLASS_CONFIG, StringSerializer.class,
                                ProducerConfig.VALUE_SERIALIZER_CLASS_CONFIG, KomboAvroSerializer.class))),
                OfferConsumers.topic(settings, "behavior-event"));
    }

    EventPublisher(Producer<String, BehaviorEvent> producer, String topic) {
        this.producer = producer;
        this.topic = topic;
    }

    /**
     * Publishes an event. A retry must carry the same event id: Kombo accepts each id once.
     *
     * @return completes when the brokers have the event, or fails with the reason
     * @throws IllegalArgumentException where a required field is missing; the message names it
     */
    public Future<RecordMetadata> send(BehaviorEvent event) {
        require(event.getEventId() != null, "eventId", "none, a unique one is needed");
        id("eventId", event.getEventId());
        id("userId", event.getUserId());
        id("sessionId", event.getSessionId());
        String key = event.getUserId() == null ? event.getSessionId() : event.getUserId();
        require(key != null, "userId", "none, and no sessionId either");
        require(
                event.getType() != null && event.getType() != EventType.UNKNOWN,
                "type",
                event.getType() + " says nothing");
        require(
                event.getEventTime() >= EARLIEST,
                "eventTime",
                event.getEventTime() + ", epoch milliseconds are expected, not seconds");
        return producer.send(new ProducerRecord<>(topic, key, event));
    }

    private static void id(String field, String id) {
        require(
                id == null || (!id.isBlank() && id.length() <= LONGEST_ID),
                field,
                "'" + id + "', 1 to " + LONGEST_ID + " characters are expected, or none");
    }

    private static void require(boolean condition, String field, String fault) {
        if (!condition) {
            throw new IllegalArgumentException(field + ": " + fault);
        }
    }

    /** Waits until everything sent was delivered or has failed. */
    @Override
    public void close() {
        producer.close();
    }
}
