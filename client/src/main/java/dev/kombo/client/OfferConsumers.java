package dev.kombo.client;

import dev.kombo.schema.BundleOffer;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.consumer.ConsumerConfig;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.StringDeserializer;

/** Creates Kafka consumers that read Kombo's offers, committed ones only. */
public final class OfferConsumers {

    private OfferConsumers() {}

    /**
     * Creates a consumer of every offer as it is made, keyed by shopper.
     *
     * @param settings of Kafka's consumer, including {@code bootstrap.servers}, {@code group.id} and {@code
     *     schema.registry.url}; {@code kombo.topic.prefix} where the service has one
     */
    public static Consumer<String, BundleOffer> offers(Map<String, ?> settings) {
        Consumer<String, BundleOffer> consumer = consumer(settings);
        consumer.subscribe(List.of(topic(settings, "bundle-offer")));
        return consumer;
    }

    /**
     * Creates a consumer of the whole topic {@code current-offer}, which the service writes where {@code
     * kombo.offer.current} is on. It starts at the beginning, with or without a group. A record without a value ends
     * the offer of its key; for keys see {@link #currentOfferKey}.
     *
     * @param settings as of {@link #offers}
     */
    public static Consumer<String, BundleOffer> currentOffers(Map<String, ?> settings) {
        Consumer<String, BundleOffer> consumer = consumer(settings);
        List<TopicPartition> partitions = consumer.partitionsFor(topic(settings, "current-offer")).stream()
                .map(partition -> new TopicPartition(partition.topic(), partition.partition()))
                .toList();
        consumer.assign(partitions);
        consumer.seekToBeginning(partitions);
        return consumer;
    }

    /** The key in {@code current-offer} of a user's offer on a placement. */
    public static String currentOfferKey(String userId, String placement) {
        return "u:" + userId + '\u001f' + placement;
    }

    private static Consumer<String, BundleOffer> consumer(Map<String, ?> settings) {
        return new KafkaConsumer<>(with(
                settings,
                Map.of(
                        ConsumerConfig.ISOLATION_LEVEL_CONFIG, "read_committed",
                        ConsumerConfig.KEY_DESERIALIZER_CLASS_CONFIG, StringDeserializer.class,
                        ConsumerConfig.VALUE_DESERIALIZER_CLASS_CONFIG, KomboAvroDeserializer.class,
                        AvroSettings.VALUE_TYPE, BundleOffer.class)));
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
