package dev.kombo.service;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.ClientSettings;
import dev.kombo.config.KomboConfig;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerConfig;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.KafkaException;
import org.apache.kafka.common.serialization.StringSerializer;

/**
 * Publishes records that come in through the API, as any shop's producer would. The producer is created on first use:
 * an instance that only answers queries has none. Thread-safe.
 */
public final class RecordPublisher implements AutoCloseable {
    private static final int LINGER_MILLIS = 5;
    private static final int DELIVERY_MILLIS = 10_000;
    private static final int REQUEST_MILLIS = 5_000;
    private static final int BLOCK_MILLIS = 5_000;

    private final Map<String, Object> settings;
    private final AvroSerdes serdes;
    private Producer<String, SpecificRecord> producer;
    private boolean closed;

    public RecordPublisher(KomboConfig config, AvroSerdes serdes) {
        this.settings = new HashMap<>(Map.of(
                ProducerConfig.LINGER_MS_CONFIG, LINGER_MILLIS,
                ProducerConfig.COMPRESSION_TYPE_CONFIG, "lz4",
                ProducerConfig.DELIVERY_TIMEOUT_MS_CONFIG, DELIVERY_MILLIS,
                ProducerConfig.REQUEST_TIMEOUT_MS_CONFIG, REQUEST_MILLIS,
                ProducerConfig.MAX_BLOCK_MS_CONFIG, BLOCK_MILLIS));
        settings.putAll(ClientSettings.producer(config));
        settings.put(ProducerConfig.ACKS_CONFIG, "all");
        this.serdes = serdes;
    }

    /**
     * Publishes a record; completes when all in-sync replicas have it, and exceptionally if they do not get it in time.
     */
    public CompletableFuture<Void> publish(String topic, String key, SpecificRecord value) {
        CompletableFuture<Void> published = new CompletableFuture<>();
        try {
            // The callback reports everything that the future would.
            var unused = producer().send(new ProducerRecord<>(topic, key, value), (metadata, failure) -> {
                if (failure == null) {
                    published.complete(null);
                } else {
                    published.completeExceptionally(failure);
                }
            });
        } catch (KafkaException | IllegalStateException e) {
            published.completeExceptionally(e);
        }
        return published;
    }

    private synchronized Producer<String, SpecificRecord> producer() {
        if (closed) {
            throw new IllegalStateException("the instance stops");
        }
        if (producer == null) {
            producer = new KafkaProducer<>(
                    settings,
                    new StringSerializer(),
                    serdes.value(SpecificRecord.class).serializer());
        }
        return producer;
    }

    @Override
    public synchronized void close() {
        closed = true;
        if (producer != null) {
            producer.close();
        }
    }
}
