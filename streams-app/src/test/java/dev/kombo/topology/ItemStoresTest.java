package dev.kombo.topology;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.ItemTaskContract;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.engine.task.Table;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.task.StoreNames;
import java.nio.file.Path;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.io.TempDir;

/** The item task over RocksDB stores with the service's encodings. */
class ItemStoresTest extends ItemTaskContract {
    @TempDir
    Path folder;

    private KafkaTables tables;

    @Override
    protected Table<String, EntityState> openStates(EngineSettings with) {
        return tables().open(StoreNames.ITEM_STATE, engine -> new StoredValues(engine.serdes(), with).entities());
    }

    @Override
    protected Table<String, NeighborCounts> openNeighbors(EngineSettings with) {
        return tables().open(StoreNames.ITEM_NEIGHBOR, engine -> new StoredValues(engine.serdes(), with).neighbors());
    }

    @Override
    protected Table<String, PendingUpdates> openPending(EngineSettings with) {
        return tables().open(
                        StoreNames.ITEM_PENDING, engine -> new StoredValues(engine.serdes(), with).pendingUpdates());
    }

    private KafkaTables tables() {
        if (tables == null) {
            tables = new KafkaTables(folder);
        }
        return tables;
    }

    @AfterEach
    void close() throws Exception {
        tables.close();
    }
}
