package dev.kombo.client;

import dev.kombo.schema.BundleOffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Kafka's consumer, set up for the offers that Kombo has committed. */
public final class OfferConsumers {

    private OfferConsumers() {}

    /**
     * A consumer of every offer as it is made, by shopper.
     *
     * @param settings of Kafka's consumer, {@code bootstrap.servers}, {@code group.id} and {@code schema.registry.url}
     *     among them; {@code kombo.topic.prefix} where the service has one
     */
    public static Consumer<String, BundleOffer> offers(Map<String, ?> settings) {
        Map<String, Object> ours = new HashMap<>();
        ours.put(ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed");
        ours.put(ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class);
        ours.put(ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, KomboAvroDeserializer.class);
        ours.put(AvroSettings.VALUE_TYPE, BundleOffer.class);
        Consumer<String, BundleOffer> consumer = new KafkaConsumer<>(with(settings, ours));
        consumer.subscribe(List.of(topic(settings, "bundle-offer")));
        return consumer;
    }

    static Map<String, Object> with(Map<String, ?> settings, Map<String, ?> ours) {
        Map<String, Object> all = new HashMap<>(settings);
        all.putAll(ours);
        return all;
    }

    static String topic(Map<String, ?> settings, String name) {
        return Objects.toString(settings.get("kombo.topic.prefix"), "") + name;
    }
}
