package dev.kombo.engine.item;

import dev.kombo.codec.Stored;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.task.MapTable;
import dev.kombo.engine.task.Table;
import dev.kombo.learning.mining.NeighborCounts;

/** The item task over tables in memory that keep copies, so that what is changed and not put is lost. */
class ItemTaskTest extends ItemTaskContract {
    @Override
    protected Table<String, EntityState> openStates(EngineSettings with) {
        return new MapTable<>(state -> {
            EntityState copy = EntityState.unknown(with.index().popularity());
            Stored.copy(state::fields, copy::fields);
            return copy;
        });
    }

    @Override
    protected Table<String, NeighborCounts> openNeighbors(EngineSettings with) {
        return new MapTable<>(counts -> {
            NeighborCounts copy = new NeighborCounts(with.neighbors());
            Stored.copy(counts::fields, copy::fields);
            return copy;
        });
    }

    @Override
    protected Table<String, PendingUpdates> openPending(EngineSettings with) {
        return new MapTable<>();
    }
}
