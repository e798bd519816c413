package dev.kombo.cli;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.item.ItemInput;
import dev.kombo.engine.item.PendingUpdates;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.NeighborSettings;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Updates that the item tasks have counted on the heap and not written to their rows yet, for an export of the rows;
 * see {@link dev.kombo.engine.item.EntityTables}.
 */
final class PendingCounts {
    private final Map<Integer, Map<String, PendingUpdates>> byPartition = new TreeMap<>();

    /** Takes a row of the store. */
    void add(int partition, String key, PendingUpdates row) {
        byPartition.computeIfAbsent(partition, unused -> new HashMap<>()).put(key, row);
    }

    /** Updates that are not in the rows, in their order, by entity; to be called after all rows of the store. */
    Map<String, List<ItemInput>> byEntity() {
        return byPartition.values().stream()
                .flatMap(stored -> PendingUpdates.of(stored).stream())
                .collect(Collectors.groupingBy(ItemInput::entity));
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
