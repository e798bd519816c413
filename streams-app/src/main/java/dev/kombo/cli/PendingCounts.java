package dev.kombo.cli;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.NeighborSettings;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * Updates that the item tasks have counted on the heap and not written to their rows yet, for an export of the rows;
 * see {@link dev.kombo.engine.item.EntityTables}.
 */
final class PendingCounts {
    /** What one task has pending. */
    private static final class OfTask {
        private final SortedMap<Integer, PendingUpdates> rows = new TreeMap<>();
        private long round;
    }

    private final Map<Integer, OfTask> tasks = new TreeMap<>();

    /** Takes a row of the store. */
    void add(int partition, String key, PendingUpdates row) {
        OfTask task = tasks.computeIfAbsent(partition, unused -> new OfTask());
        if (key.equals(PendingUpdates.ROUND)) {
            task.round = row.round();
        } else {
            task.rows.put(Integer.parseInt(key), row);
        }
    }

    /** Updates that are not in the rows, in their order, by entity; to be called after all rows of the store. */
    Map<String, List<ItemInput>> byEntity() {
        Map<String, List<ItemInput>> updates = new HashMap<>();
        for (OfTask task : tasks.values()) {
            for (PendingUpdates row : task.rows.values()) {
                if (row.round() == task.round) {
                    row.updates()
                            .forEach(update -> updates.computeIfAbsent(update.entity(), unused -> new ArrayList<>())
                                    .add(update));
                }
            }
        }
        return updates;
    }

    /** Counts the updates of an entity. */
    static EntityState counted(EntityState state, List<ItemInput> updates) {
        updates.forEach(update -> state.count(update.update()));
        return state;
    }

    /** Counts the orders among the updates of an item. */
    static NeighborCounts counted(NeighborCounts counts, List<ItemInput> updates) {
        for (ItemInput update : updates) {
            if (update.update().hasPartners()) {
                update.update().countPartners(Entity.idOf(update.entity()), counts);
            }
        }
        return counts;
    }

    /** What is bought with the items that have no row of it yet. */
    static Map<String, NeighborCounts> first(Map<String, List<ItemInput>> updates, NeighborSettings settings) {
        Map<String, NeighborCounts> counts = new LinkedHashMap<>();
        updates.forEach((entity, ofEntity) -> {
            if (ofEntity.stream().anyMatch(update -> update.update().hasPartners())) {
                counts.put(entity, counted(new NeighborCounts(settings), ofEntity));
            }
        });
        return counts;
    }
}
