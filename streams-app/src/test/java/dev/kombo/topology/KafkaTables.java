package dev.kombo.topology;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Table;
import dev.kombo.metric.Counters;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.task.KafkaTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import java.util.function.Function;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;

/**
 * Tables in stores of Kafka Streams as the service has them: in RocksDB, with the service's encodings. For the suites of
 * the tasks.
 */
final class KafkaTables implements AutoCloseable {
    private final Path folder;
    private final List<Runnable> opened = new ArrayList<>();

    /**
     * @param folder for the files of the stores
     */
    KafkaTables(Path folder) {
        this.folder = folder;
    }

    /**
     * Opens an empty table.
     *
     * @param values returns how the store writes its values
     */
    <V> Table<String, V> open(String name, Function<EngineContext, Serde<V>> values) {
        return open(name, Serdes.String(), values);
    }

    /**
     * Opens an empty table whose keys are not text.
     *
     * @param values returns how the store writes its values
     */
    <K, V> Table<K, V> open(String name, Serde<K> keys, Function<EngineContext, Serde<V>> values) {
        // A registry each: without a topology, all stores have a changelog of one name.
        String id = UUID.randomUUID().toString();
        KomboConfig config = KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://" + id));
        AvroSerdes serdes = new AvroSerdes(config.avroSettings());
        EngineSettings settings = new EngineSettings(config);
        EngineContext engine = new EngineContext(
                settings,
                Topics.of(config),
                serdes,
                new LiveModels(settings, settings.get(ServiceSettings.TOPIC_PARTITIONS)),
                new Counters());
        MockProcessorContext<?, ?> context = new MockProcessorContext<>(
                new Properties(), new TaskId(0, 0), folder.resolve(id).toFile());
        KeyValueStore<K, V> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), keys, values.apply(engine))
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        opened.add(store::close);
        opened.add(serdes::close);
        return new KafkaTable<>(store);
    }

    /** How the service writes values to stores. */
    static StoredValues stored(EngineContext engine) {
        return new StoredValues(engine.serdes(), engine.settings());
    }

    @Override
    public void close() {
        opened.forEach(Runnable::run);
    }
}
