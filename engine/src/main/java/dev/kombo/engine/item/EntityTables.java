package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.task.Table;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.NeighborSettings;
import org.jspecify.annotations.Nullable;

/**
 * The stored rows of one item task, of which it is the only writer: the state of each item and bundle, and what is
 * bought with each item. Not thread-safe.
 */
public final class EntityTables {
    private final Table<String, EntityState> states;
    private final Table<String, NeighborCounts> neighbors;
    private final NeighborSettings settings;

    /**
     * @param states by item or bundle
     * @param neighbors by item
     */
    public EntityTables(
            Table<String, EntityState> states, Table<String, NeighborCounts> neighbors, NeighborSettings settings) {
        this.states = states;
        this.neighbors = neighbors;
        this.settings = settings;
    }

    /** The row of an entity; null: it has none. */
    @Nullable
    EntityState state(String entity) {
        return states.get(entity);
    }

    /** What is counted of the items bought with an item; nothing if it has no row. */
    NeighborCounts counts(String item) {
        NeighborCounts counts = neighbors.get(item);
        return counts == null ? new NeighborCounts(settings) : counts;
    }

    void put(String entity, EntityState state) {
        states.put(entity, state);
    }

    void put(String item, NeighborCounts counts) {
        neighbors.put(item, counts);
    }

    void delete(String entity) {
        states.delete(entity);
        if (Entity.isItem(entity)) {
            neighbors.delete(entity);
        }
    }

    /**
     * Visits the next rows.
     *
     * @param first the smallest key of them; null: begins with the first row
     * @param most how many rows are visited at most
     * @return whether the last row has been visited
     */
    boolean walk(@Nullable String first, int most, Table.Visitor<String, EntityState> visitor) {
        return states.range(first, null, most, visitor);
    }
}
