package dev.kombo.research;

import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.metric.Counters;
import dev.kombo.ops.Metrics;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.service.StreamsSettings;
import dev.kombo.topology.BundleTopology;
import dev.kombo.topology.global.EngineContext;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.StringDeserializer;
import org.apache.kafka.common.serialization.StringSerializer;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.TestInputTopic;
import org.apache.kafka.streams.TopologyTestDriver;

/** The service's topology with its own settings, in this process and with a clock that moves only when it is told to. */
public final class ServiceDriver implements AutoCloseable {
    /** Settings by which nearly any pair of items counts as mined, for a shop whose orders are drawn at random. */
    public static final Map<String, String> MINES_EASILY = Map.of(
            MiningSettings.SUPPORT_MIN.name(),
            "2",
            MiningSettings.LIFT_MIN.name(),
            "1",
            MiningSettings.LIFT_LOWER_MIN.name(),
            "0",
            MiningSettings.AUTO_APPROVE.name(),
            "true");

    private final EngineSettings settings;
    private final Topics topics;
    private final AvroSerdes serdes;
    private final Metrics metrics;
    private final TopologyTestDriver driver;

    /**
     * Starts the topology, with one partition and a registry of its own.
     *
     * @param state an empty folder
     * @param given settings of the service; without one of its own, the index follows the catalogue at once
     * @param engine makes the engine's settings of those of the service
     * @param start of the clock
     */
    public ServiceDriver(
            Path state, Map<String, String> given, Function<KomboConfig, EngineSettings> engine, Instant start) {
        Map<String, String> all = new HashMap<>(given);
        all.putIfAbsent(IndexSettings.REFRESH_INTERVAL.name(), "0");
        all.put(ServiceSettings.REGISTRY_URL.name(), "mock://" + UUID.randomUUID());
        all.put(ServiceSettings.TOPIC_PARTITIONS.name(), "1");
        KomboConfig config = KomboConfig.of(all);
        settings = engine.apply(config);
        topics = Topics.of(config);
        serdes = new AvroSerdes(config.avroSettings());
        Counters counters = new Counters();
        metrics = new Metrics(counters);
        Properties properties = StreamsSettings.of(config);
        properties.put("state.dir", state.toString());
        EngineContext context = new EngineContext(
                settings, topics, serdes, new LiveModels(settings, 1), counters, metrics.measurements());
        driver = new TopologyTestDriver(new BundleTopology(context).build(), properties, start);
    }

    /** Settings of the engine. */
    public EngineSettings settings() {
        return settings;
    }

    /** Its topics. */
    public Topics topics() {
        return topics;
    }

    /** Reads and writes its records. */
    public AvroSerdes serdes() {
        return serdes;
    }

    /** Kafka's driver of the topology. */
    public TopologyTestDriver driver() {
        return driver;
    }

    /** Publishes a catalogue. */
    public void catalog(List<Item> items, List<Bundle> bundles) {
        TestInputTopic<String, SpecificRecord> ofItems = input(Topic.ITEM_CATALOG);
        items.forEach(item -> ofItems.pipeInput(item.getItemId(), item));
        TestInputTopic<String, SpecificRecord> ofBundles = input(Topic.BUNDLE_CATALOG);
        bundles.forEach(bundle -> ofBundles.pipeInput(bundle.getBundleId(), bundle));
    }

    /** An input topic. */
    public TestInputTopic<String, SpecificRecord> input(Topic topic) {
        return driver.createInputTopic(topics.name(topic), new StringSerializer(), serdes.serializer());
    }

    /** All records of a topic since the last call. */
    public <V extends SpecificRecord> List<KeyValue<String, V>> records(Topic topic, Class<V> type) {
        return driver.createOutputTopic(
                        topics.name(topic),
                        new StringDeserializer(),
                        serdes.value(type).deserializer())
                .readKeyValuesToList();
    }

    /** All values of a topic since the last call; those of removed keys are left out. */
    public <V extends SpecificRecord> List<V> values(Topic topic, Class<V> type) {
        return records(topic, type).stream()
                .map(record -> record.value)
                .filter(Objects::nonNull)
                .toList();
    }

    @Override
    public void close() {
        driver.close();
        metrics.close();
        serdes.close();
    }
}
