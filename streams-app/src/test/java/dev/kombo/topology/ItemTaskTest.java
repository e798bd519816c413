package dev.kombo.topology;

import dev.kombo.client.AvroSerdes;
import dev.kombo.config.KomboConfig;
import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topics;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.ItemTaskContract;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Table;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.metric.Counters;
import dev.kombo.topology.common.KafkaTable;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.item.ItemAdapter;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.UUID;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.streams.processor.TaskId;
import org.apache.kafka.streams.processor.api.MockProcessorContext;
import org.apache.kafka.streams.state.KeyValueStore;
import org.apache.kafka.streams.state.Stores;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The item task over RocksDB stores with the service's encodings. */
class ItemTaskTest extends ItemTaskContract {
    @TempDir
    Path folder;

    private final List<AutoCloseable> opened = new ArrayList<>();

    @Override
    protected Table<String, EntityState> openStates(EngineSettings with) {
        return open(StoreNames.ITEM_STATE, adapter(with).stateSerde());
    }

    @Override
    protected Table<String, NeighborCounts> openNeighbors(EngineSettings with) {
        return open(StoreNames.ITEM_NEIGHBOR, adapter(with).neighborSerde());
    }

    private ItemAdapter adapter(EngineSettings with) {
        // A registry each: without a topology, all stores have a changelog of one name.
        KomboConfig config = KomboConfig.of(Map.of(ServiceSettings.REGISTRY_URL.name(), "mock://" + UUID.randomUUID()));
        AvroSerdes serdes = new AvroSerdes(config.avroSettings());
        opened.add(serdes);
        return new ItemAdapter(
                new EngineContext(with, Topics.of(config), serdes, new LiveModels(with, 1), new Counters()));
    }

    private <V> Table<String, V> open(String name, Serde<V> values) {
        MockProcessorContext<?, ?> context = new MockProcessorContext<>(
                new Properties(), new TaskId(0, 0), folder.resolve(name).toFile());
        KeyValueStore<String, V> store = Stores.keyValueStoreBuilder(
                        Stores.persistentKeyValueStore(name), Serdes.String(), values)
                .withLoggingDisabled()
                .build();
        store.init(context.getStateStoreContext(), store);
        opened.add(0, store::close);
        return new KafkaTable<>(store);
    }

    @AfterEach
    void close() throws Exception {
        for (AutoCloseable each : opened) {
            each.close();
        }
    }
}
