package dev.kombo.topology;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.PrivacySettings;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.shopper.ShopperReader;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.metric.Counters;
import dev.kombo.ops.DeadLetters;
import dev.kombo.ops.DecodingFailures;
import dev.kombo.ops.Metrics;
import dev.kombo.ops.ProcessingFailures;
import dev.kombo.ops.Pseudonyms;
import dev.kombo.profile.ShopperState;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleMember;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.Item;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.schema.OfferOutcome;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OutcomeKind;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Consumer;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.StreamsConfig;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TestOutputTopic;
import org.apache.kafka.streams.TopologyTestDriver;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.test.TestRecord;

/** The production topology under test: one partition, a clock that stands still until it is told to move. */
final class EngineDriver implements AutoCloseable {
    static final Instant START = Instant.parse("2026-01-05T10:00:00Z");

    private static final List<String> RESTORED = List.of(
            StoreNames.USER_PROFILE,
            StoreNames.USER_HISTORY,
            StoreNames.USER_OFFER,
            StoreNames.USER_TIMER,
            StoreNames.USER_ERASED,
            StoreNames.STRATEGY_STATE,
            StoreNames.EXPERIMENT_ACCOUNT,
            StoreNames.BUNDLE_ACCOUNT,
            StoreNames.UPLIFT_ACCOUNT,
            StoreNames.COMPARISON_HISTORY,
            StoreNames.BUDGET_ACCOUNT,
            StoreNames.REPORT_PENDING);

    final KomboConfig config;
    final Topics topics;
    final LiveModels models;
    final Counters counters = new Counters();
    final Metrics metrics = new Metrics(counters);
    final TopologyTestDriver driver;

    private final AvroSerdes serdes;
    private final ShopperReader shoppers;
    private final StoredValues stored;
    private final Map<String, TestOutputTopic<String, ?>> outputs = new HashMap<>();

    EngineDriver(Path stateDir, Map<String, String> settings) {
        Map<String, String> all = new HashMap<>(settings);
        all.putIfAbsent(ServiceSettings.REGISTRY_URL.name(), "mock://" + UUID.randomUUID());
        all.putIfAbsent(ServiceSettings.TOPIC_PARTITIONS.name(), "1");
        all.putIfAbsent(IndexSettings.REFRESH_INTERVAL.name(), "0");
        config = KomboConfig.of(all);
        topics = Topics.of(config);
        serdes = new AvroSerdes(config.avroSettings());
        EngineSettings engineSettings = new EngineSettings(config);
        models = new LiveModels(engineSettings, engineSettings.get(ServiceSettings.TOPIC_PARTITIONS));
        EngineContext engine =
                new EngineContext(engineSettings, topics, serdes, models, counters, metrics.measurements());
        shoppers = new ShopperReader(engine.settings());
        stored = KafkaTables.stored(engine);
        Properties properties = new Properties();
        properties.put(StreamsConfig.APPLICATION_ID_CONFIG, "kombo-test");
        properties.put(StreamsConfig.STATE_DIR_CONFIG, stateDir.toString());
        properties.put(StreamsConfig.ENSURE_EXPLICIT_INTERNAL_RESOURCE_NAMING_CONFIG, true);
        properties.put(StreamsConfig.ERRORS_DEAD_LETTER_QUEUE_TOPIC_NAME_CONFIG, topics.name(Topic.DEAD_LETTER));
        properties.put(StreamsConfig.DESERIALIZATION_EXCEPTION_HANDLER_CLASS_CONFIG, DecodingFailures.class);
        properties.put(StreamsConfig.PROCESSING_EXCEPTION_HANDLER_CLASS_CONFIG, ProcessingFailures.class);
        if (config.get(PrivacySettings.KEY) != null) {
            properties.put(DeadLetters.PSEUDONYMS, Pseudonyms.of(config));
        }
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

    List<BundleOffer> offers() {
        return values(topics.name(Topic.BUNDLE_OFFER), BundleOffer.class);
    }

    /** The only bundle of the only offer that a view of an item is answered with, which the shopper sees. */
    OfferedBundle seenOffer(String user, String item, Duration at) {
        send(event("view-" + at, user, EventType.VIEW, at).setItemId(item));
        BundleOffer offer = only(offers());
        send(event("seen-" + at, user, EventType.OFFER_IMPRESSION, at.plusMillis(1))
                .setOfferId(offer.getOfferId()));
        outcomes();
        return only(offer.getBundles());
    }

    private static <T> T only(List<T> values) {
        if (values.size() != 1) {
            throw new AssertionError("expected one, found " + values);
        }
        return values.get(0);
    }

    List<OfferOutcome> outcomes() {
        return values(topics.name(Topic.OFFER_OUTCOME), OfferOutcomes.class).stream()
                .flatMap(told -> told.getOutcomes().stream())
                .toList();
    }

    List<OfferOutcome> outcomes(OutcomeKind kind) {
        return outcomes().stream().filter(outcome -> outcome.getKind() == kind).toList();
    }

    List<RejectedEvent> rejections() {
        return values(topics.name(Topic.REJECTED_EVENT), RejectedEvent.class);
    }

    /** What became active since the last call, by experiment. */
    List<KeyValue<String, Strategy>> activated() {
        return output(topics.name(Topic.ACTIVE_STRATEGY), Strategy.class);
    }

    /** Publishes a strategy as an operator does; null removes it. */
    void publish(Strategy strategy) {
        input(topics.name(Topic.STRATEGY), Strategy.class).pipeInput("default", strategy);
    }

    <V extends SpecificRecord> Serde<V> value(Class<V> type) {
        return serdes.value(type);
    }

    /** Updates of items and bundles since the last call, by entity. */
    List<KeyValue<String, ItemUpdate>> updates() {
        List<KeyValue<String, ItemUpdate>> updates = new ArrayList<>();
        sent(Topic.ITEM_UPDATE, stored.updates())
                .forEach(record -> record.value.forEach(
                        update -> updates.add(KeyValue.pair(update.entity(), SentRecords.of(update.update())))));
        return updates;
    }

    /** Examples for models in training since the last call, by model. */
    List<KeyValue<String, TrainingExample>> examples() {
        List<KeyValue<String, TrainingExample>> examples = new ArrayList<>();
        sent(Topic.TRAINING_EXAMPLE, stored.examples())
                .forEach(record -> record.value.forEach(
                        example -> examples.add(KeyValue.pair(record.key, SentRecords.of(example)))));
        return examples;
    }

    /** Rows of items and bundles, with the updates that are not written to them yet. */
    Map<String, EntityState> rows() {
        Map<String, EntityState> rows = contents(StoreNames.ITEM_STATE);
        pending(update -> rows.get(update.entity()).count(update.update()));
        return rows;
    }

    /** What is bought with items, with the orders that are not written yet. */
    Map<String, NeighborCounts> neighbors() {
        Map<String, NeighborCounts> neighbors = contents(StoreNames.ITEM_NEIGHBOR);
        pending(update -> {
            if (update.update().hasPartners()) {
                NeighborCounts counts = neighbors.computeIfAbsent(
                        update.entity(), unused -> new NeighborCounts(new EngineSettings(config).neighbors()));
                update.update().countPartners(Entity.idOf(update.entity()), counts);
            }
        });
        return neighbors;
    }

    /** Visits the updates that are not in the rows yet, in order. */
    private void pending(Consumer<ItemInput> each) {
        Map<String, EntityState> stored = contents(StoreNames.ITEM_STATE);
        for (PendingUpdates pending : PendingUpdates.of(contents(StoreNames.ITEM_PENDING))) {
            pending.updates().stream()
                    .filter(update -> stored.get(update.entity()).counted() < pending.number())
                    .forEach(each);
        }
    }

    private <V> List<KeyValue<String, V>> sent(Topic topic, Serde<V> values) {
        return driver.createOutputTopic(topics.name(topic), new StringDeserializer(), values.deserializer())
                .readKeyValuesToList();
    }

    List<KeyValue<String, ItemModel>> models() {
        return output(topics.name(Topic.ITEM_MODEL), ItemModel.class);
    }

    /** Sends an event in a record of the event's own time. */
    void send(BehaviorEvent.Builder event) {
        send(event.build());
    }

    void send(BehaviorEvent event) {
        send(event, Math.max(0, event.getEventTime()));
    }

    /** Sends an event in a record of another time than its own. */
    void send(BehaviorEvent event, long recordTime) {
        String key = event.getUserId() != null ? event.getUserId() : event.getSessionId();
        input(topics.name(Topic.BEHAVIOR_EVENT), BehaviorEvent.class).pipeInput(key, event, recordTime);
    }

    void sendBytes(String topic, String key, byte[] value) {
        driver.createInputTopic(topic, new StringSerializer(), new ByteArraySerializer())
                .pipeInput(key, value, START.toEpochMilli());
    }

    /** Records that could not be decoded or processed, as they were. */
    List<TestRecord<String, byte[]>> deadLetters() {
        return driver.createOutputTopic(
                        topics.name(Topic.DEAD_LETTER), new StringDeserializer(), new ByteArrayDeserializer())
                .readRecordsToList();
    }

    void update(String entity, ItemUpdate update) {
        input(topics.name(Topic.ITEM_UPDATE), ItemUpdate.class).pipeInput(entity, update, update.getEventTime());
    }

    void advance(Duration time) {
        driver.advanceWallClockTime(time);
    }

    /** Advances in small steps: within one step, each punctuator runs once however long the step is. */
    void advanceInSteps(Duration time) {
        for (Duration step = Duration.ofMillis(25), left = time; left.toMillis() > 0; left = left.minus(step)) {
            driver.advanceWallClockTime(step);
        }
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
        input(topics.name(Topic.ITEM_CATALOG), Item.class).pipeInput(item.getItemId(), item);
    }

    void bundle(String id, long priceMinor, String... members) {
        bundle(bundleOf(id, priceMinor, members));
    }

    static Bundle bundleOf(String id, long priceMinor, String... members) {
        List<BundleMember> all = new ArrayList<>();
        for (String member : members) {
            all.add(new BundleMember(member, 1));
        }
        return Bundle.newBuilder()
                .setBundleId(id)
                .setTitle(id)
                .setMembers(all)
                .setPriceMinor(priceMinor)
                .setListPriceMinor(priceMinor + 100)
                .setCurrency("GBP")
                .build();
    }

    void bundle(Bundle bundle) {
        input(topics.name(Topic.BUNDLE_CATALOG), Bundle.class).pipeInput(bundle.getBundleId(), bundle);
    }

    /** An event of a user, with what every event needs. */
    static BehaviorEvent.Builder event(String eventId, String userId, EventType type, Duration afterStart) {
        return BehaviorEvent.newBuilder()
                .setEventId(eventId)
                .setUserId(userId)
                .setType(type)
                .setEventTime(START.plus(afterStart).toEpochMilli());
    }

    /** An event of a visitor who is not logged in. */
    static BehaviorEvent.Builder visit(String eventId, String sessionId, EventType type, Duration afterStart) {
        return event(eventId, null, type, afterStart).setSessionId(sessionId);
    }

    /** A purchase of one unit. */
    static BehaviorEvent.Builder purchase(
            String eventId, String userId, String itemId, long priceMinor, Duration afterStart) {
        return event(eventId, userId, EventType.PURCHASE, afterStart)
                .setItemId(itemId)
                .setUnitPriceMinor(priceMinor)
                .setCurrency("GBP");
    }

    /** A user whom the strategy in force puts into an arm, the same at each call. */
    String userOf(String arm) {
        return userOf(arm, 0);
    }

    /** One of many such users. */
    String userOf(String arm, int number) {
        int found = 0;
        for (int i = 0; ; i++) {
            String user = "user-" + i;
            if (models.strategy().plan().assign(user).name().equals(arm) && found++ == number) {
                return user;
            }
        }
    }

    /** All that a store holds, by key. */
    <V> Map<String, V> contents(String store) {
        Map<String, V> contents = new HashMap<>();
        try (KeyValueIterator<String, V> all = this.<V>store(store).all()) {
            all.forEachRemaining(entry -> contents.put(entry.key, entry.value));
        }
        return contents;
    }

    /** What the user and the report task have stored, as their changelogs would bring it back. */
    Map<String, Map<Object, Object>> stored() {
        Map<String, Map<Object, Object>> stored = new HashMap<>();
        for (String store : RESTORED) {
            Map<Object, Object> contents = new HashMap<>();
            try (KeyValueIterator<Object, Object> all =
                    driver.<Object, Object>getKeyValueStore(store).all()) {
                all.forEachRemaining(entry -> contents.put(entry.key, entry.value));
            }
            stored.put(store, contents);
        }
        return stored;
    }

    /** Puts back what an engine before this one had stored. */
    void restore(Map<String, Map<Object, Object>> stored) {
        stored.forEach((store, contents) -> {
            KeyValueStore<Object, Object> restored = driver.getKeyValueStore(store);
            contents.forEach(restored::put);
        });
    }

    /** All that is known of a shopper; null where that is nothing. */
    ShopperState shopper(String shopperKey) {
        byte[] stored = this.<byte[]>store(StoreNames.USER_PROFILE).get(shopperKey);
        return stored == null
                ? null
                : shoppers.readAll(
                        shopperKey,
                        stored,
                        this.<byte[]>store(StoreNames.USER_HISTORY)::get,
                        this.<byte[]>store(StoreNames.USER_OFFER)::get);
    }

    /** All that is known of a shopper as it is handed over. */
    byte[] stored(String shopperKey) {
        return shoppers.pack(shopper(shopperKey));
    }

    /** Accepted events of a shopper. */
    static int events(ShopperState shopper) {
        int events = 0;
        for (int type = 0; type < dev.kombo.profile.EventType.count(); type++) {
            events += shopper.behavior().count(dev.kombo.profile.EventType.of(type));
        }
        return events;
    }

    <V> KeyValueStore<String, V> store(String name) {
        return driver.getKeyValueStore(name);
    }

    @Override
    public void close() {
        driver.close();
        metrics.close();
        serdes.close();
    }
}
