package dev.kombo.shop.service;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.console.TopicAdmin;
import dev.kombo.ops.DeadLetters;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperState;
import dev.kombo.query.shopper.LocalProfiles;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.Item;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.service.KomboService;
import dev.kombo.shop.kafka.ConsumerGroupDrain;
import dev.kombo.shop.kafka.KafkaClients;
import dev.kombo.topology.task.StoreNames;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.Future;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.ConsumerRecord;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.Producer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.clients.producer.RecordMetadata;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.StoreQueryParameters;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.QueryableStoreTypes;
import org.apache.kafka.streams.state.ReadOnlyKeyValueStore;

/** Plain clients of a test's broker. */
final class TestClients implements AutoCloseable {
    private final Topics topics;
    private final AvroSerdes serdes;
    private final Admin admin;
    private final Producer<String, SpecificRecord> producer;
    private final List<Future<RecordMetadata>> sent = new ArrayList<>();

    TestClients(KomboConfig config) {
        topics = Topics.of(config);
        serdes = new AvroSerdes(config.avroSettings());
        Map<String, Object> settings =
                Map.of("bootstrap.servers", config.get(ServiceSettings.BOOTSTRAP_SERVERS), "linger.ms", 5);
        admin = Admin.create(Map.of("bootstrap.servers", config.get(ServiceSettings.BOOTSTRAP_SERVERS)));
        producer = new KafkaProducer<>(settings, new StringSerializer(), serdes.serializer());
    }

    Topics topics() {
        return topics;
    }

    void createTopics(KomboConfig config) {
        try (TopicAdmin topicAdmin = new TopicAdmin(config)) {
            topicAdmin.createMissing(topics.all());
        }
    }

    void publishCatalog(int items) {
        for (int i = 0; i < items; i++) {
            String id = "item-" + i;
            send(
                    topics.name(Topic.ITEM_CATALOG),
                    id,
                    Item.newBuilder()
                            .setItemId(id)
                            .setTitle(id)
                            .setPriceMinor(1000L)
                            .setCurrency("GBP")
                            .build());
        }
        for (int i = 0; i + 1 < items; i += 2) {
            String id = "bundle-" + i;
            send(
                    topics.name(Topic.BUNDLE_CATALOG),
                    id,
                    Bundle.newBuilder()
                            .setBundleId(id)
                            .setTitle(id)
                            .setMembers(
                                    List.of(new BundleMember("item-" + i, 1), new BundleMember("item-" + (i + 1), 1)))
                            .setPriceMinor(1800)
                            .setListPriceMinor(2000)
                            .setCurrency("GBP")
                            .build());
        }
    }

    void send(BehaviorEvent event) {
        send(
                topics.name(Topic.BEHAVIOR_EVENT),
                event.getUserId() != null ? event.getUserId() : event.getSessionId(),
                event);
    }

    void send(String topic, String key, SpecificRecord value) {
        sent.add(producer.send(new ProducerRecord<>(topic, key, value)));
    }

    /** Waits until the broker has everything. */
    void flush() throws ExecutionException, InterruptedException {
        producer.flush();
        for (Future<RecordMetadata> one : sent) {
            one.get();
        }
        sent.clear();
    }

    /** Events that the service committed. */
    long committed(KomboConfig config) {
        return committedOffsets(config).entrySet().stream()
                .filter(entry -> entry.getKey().topic().equals(topics.name(Topic.BEHAVIOR_EVENT)))
                .mapToLong(Map.Entry::getValue)
                .sum();
    }

    private static Map<TopicPartition, Long> committedOffsets(KomboConfig config) {
        try (KafkaClients clients = new KafkaClients(config)) {
            return clients.committedOffsets();
        }
    }

    void awaitDrained(KomboConfig config) throws InterruptedException {
        new ConsumerGroupDrain(
                        () -> committedOffsets(config),
                        () -> bytes(config),
                        List.of(
                                topics.name(Topic.BEHAVIOR_EVENT),
                                topics.name(Topic.SESSION_MERGE),
                                topics.name(Topic.ITEM_UPDATE),
                                topics.name(Topic.OFFER_OUTCOME)),
                        Duration.ofSeconds(60))
                .drained(() -> null);
    }

    private static KafkaConsumer<byte[], byte[]> bytes(KomboConfig config) {
        return new KafkaConsumer<>(
                Map.of(
                        "bootstrap.servers",
                        config.get(ServiceSettings.BOOTSTRAP_SERVERS),
                        "isolation.level",
                        "read_committed",
                        "enable.auto.commit",
                        false),
                new ByteArrayDeserializer(),
                new ByteArrayDeserializer());
    }

    /** All committed records of a topic. */
    <V extends SpecificRecord> List<V> read(KomboConfig config, String topic, Class<V> type) {
        List<V> values = new ArrayList<>();
        Deserializer<V> decode = serdes.value(type).deserializer();
        each(config, topic, record -> values.add(decode.deserialize(topic, record.value())));
        return values;
    }

    private static void each(KomboConfig config, String topic, Consumer<ConsumerRecord<byte[], byte[]>> action) {
        try (KafkaConsumer<byte[], byte[]> consumer = bytes(config)) {
            List<TopicPartition> partitions = consumer.partitionsFor(topic).stream()
                    .map(info -> new TopicPartition(topic, info.partition()))
                    .toList();
            consumer.assign(partitions);
            consumer.seekToBeginning(partitions);
            Map<TopicPartition, Long> ends = consumer.endOffsets(partitions);
            while (partitions.stream().anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
                consumer.poll(Duration.ofMillis(100)).forEach(action);
            }
        }
    }

    /** Rejections by the topic that what was rejected comes from. */
    Map<String, Long> rejections(KomboConfig config) {
        Map<String, Long> count = new TreeMap<>();
        Deserializer<RejectedEvent> decode = serdes.value(RejectedEvent.class).deserializer();
        String topic = topics.name(Topic.REJECTED_EVENT);
        each(
                config,
                topic,
                record -> count.merge(decode.deserialize(topic, record.value()).getSource(), 1L, Long::sum));
        return count;
    }

    /** Dead letters by the topic that they come from. */
    Map<String, Long> deadLetters(KomboConfig config) {
        Map<String, Long> count = new TreeMap<>();
        each(
                config,
                topics.name(Topic.DEAD_LETTER),
                letter -> count.merge(
                        new String(
                                letter.headers().lastHeader(DeadLetters.TOPIC).value(), StandardCharsets.UTF_8),
                        1L,
                        Long::sum));
        return count;
    }

    /** All that a service knows of a shopper; null where that is nothing. */
    static ShopperState shopper(KomboService service, String shopperKey) {
        return new LocalProfiles(service.streams(), service.engine())
                .find(shopperKey)
                .value();
    }

    /** All shoppers of a service by key. */
    static Map<String, ShopperState> shoppers(KomboService service) {
        Map<String, ShopperState> shoppers = new HashMap<>();
        try (KeyValueIterator<String, byte[]> all =
                TestClients.<byte[]>store(service, StoreNames.USER_PROFILE).all()) {
            all.forEachRemaining(stored -> shoppers.put(stored.key, shopper(service, stored.key)));
        }
        return shoppers;
    }

    /** Accepted events of a shopper. */
    static int events(ShopperState shopper) {
        int events = 0;
        for (int type = 0; type < EventType.count(); type++) {
            events += shopper.behavior().count(EventType.of(type));
        }
        return events;
    }

    static <V> ReadOnlyKeyValueStore<String, V> store(KomboService service, String name) {
        return service.streams()
                .store(StoreQueryParameters.fromNameAndType(name, QueryableStoreTypes.<String, V>keyValueStore()));
    }

    @Override
    public void close() {
        producer.close();
        admin.close();
        serdes.close();
    }
}
