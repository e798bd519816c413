package dev.kombo.topology;

import dev.kombo.config.KomboConfig;
import dev.kombo.config.Topics;
import dev.kombo.ops.Counters;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.UserProfile;
import dev.kombo.serde.AvroSerdes;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueStore;

/** The production topology under test: one partition, a clock that stands still until it is told to move. */
final class EngineDriver implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    final KomboConfig config;
    final Topics topics;
    final LiveModels models;
    final Counters counters = new Counters();
    final AtomicLong backlog = new AtomicLong();
    final TopologyTestDriver driver;

    private final AvroSerdes serdes;
    private final Map<String, TestOutputTopic<String, ?>> outputs = new HashMap<>();

    EngineDriver(Path stateDir, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.put(KomboConfig.REGISTRY_URL, "mock://" + UUID.randomUUID());
        all.putIfAbsent(KomboConfig.TOPIC_PARTITIONS, "1");
        config = KomboConfig.of(all);
        topics = Topics.of(config);
        serdes = new AvroSerdes(config.avroSettings());
        EngineSettings engineSettings = new EngineSettings(config);
        models = LiveModels.initial(engineSettings);
        EngineContext engine = new EngineContext(
                engineSettings, topics, serdes, models, (topic, partition) -> backlog.get(), counters);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "kombo-test");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        driver = new TopologyTestDriver(new BundleTopology(engine).build(), properties, START);
    }

    <V extends SpecificRecord> TestInputTopic<String, V> input(String topic, Class<V> type) {
        return driver.createInputTopic(
                topic, new StringSerializer(), serdes.value(type).serializer());
    }

    /** All records of an output topic since the last call. */
    @SuppressWarnings("unchecked")
    <V extends SpecificRecord> List<KeyValue<String, V>> output(String topic, Class<V> type) {
        TestOutputTopic<String, V> output = (TestOutputTopic<String, V>) outputs.computeIfAbsent(
                topic,
                name -> driver.createOutputTopic(
                        name, new StringDeserializer(), serdes.value(type).deserializer()));
        List<KeyValue<String, V>> records = new ArrayList<>();
        output.readKeyValuesToList().forEach(records::add);
        return records;
    }

    /** Values of an output topic since the last call. */
    <V extends SpecificRecord> List<V> values(String topic, Class<V> type) {
        return output(topic, type).stream().map(record -> record.value).toList();
    }

    void send(BehaviorEvent event) {
        String key = event.getUserId() != null ? event.getUserId() : event.getSessionId();
        input(topics.behaviorEvent(), BehaviorEvent.class).pipeInput(key, event, Math.max(0, event.getEventTime()));
    }

    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    void item(String id, long priceMinor) {
        item(Item.newBuilder()
                .setItemId(id)
                .setTitle("Item " + id)
                .setCategory("category")
                .setPriceMinor(priceMinor)
                .setCurrency("GBP")
                .build());
    }

    void item(Item item) {
        input(topics.itemCatalog(), Item.class).pipeInput(item.getItemId(), item);
    }

    void bundle(String id, long priceMinor, String... members) {
        List<BundleMember> all = new ArrayList<>();
        for (String member : members) {
            all.add(new BundleMember(member, 1));
        }
        bundle(Bundle.newBuilder()
                .setBundleId(id)
                .setTitle(id)
                .setMembers(all)
                .setPriceMinor(priceMinor)
                .setListPriceMinor(priceMinor + 100)
                .setCurrency("GBP")
                .build());
    }

    void bundle(Bundle bundle) {
        input(topics.bundleCatalog(), Bundle.class).pipeInput(bundle.getBundleId(), bundle);
    }

    /** An event of a user, with what every event needs. */
    static BehaviorEvent.Builder event(String eventId, String userId, EventType type, Duration afterStart) {
        return BehaviorEvent.newBuilder()
                .setEventId(eventId)
                .setUserId(userId)
                .setType(type)
                .setEventTime(START.plus(afterStart).toEpochMilli());
    }

    UserProfile profile(String shopperKey) {
        return this.<UserProfile>store(StoreNames.USER_PROFILE).get(shopperKey);
    }

    <V> KeyValueStore<String, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
        serdes.close();
    }
}
