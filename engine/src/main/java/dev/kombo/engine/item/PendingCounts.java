package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityState;
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
 * Updates that the item tasks have counted on the heap and not written to all rows yet, for those who read the rows; see
 * {@link EntityTables}. Takes all pending rows first, then the states, then what is bought
 * together, as a state tells which updates both have counted.
 */
public final class PendingCounts {
    private record Numbered(long number, ItemInput update) {}

    private final Map<Integer, Map<String, PendingUpdates>> stored = new TreeMap<>();
    private Map<String, List<Numbered>> byEntity = Map.of();
    /** Updates that the state of an item has not counted, of items whose row of what is bought with them is to come. */
    private final Map<String, List<ItemInput>> left = new LinkedHashMap<>();

    /** Takes a row of the store of pending updates. */
    public void add(int partition, String key, PendingUpdates row) {
        stored.computeIfAbsent(partition, unused -> new HashMap<>()).put(key, row);
    }

    /** Says that all rows of pending updates are taken. */
    public void complete() {
        byEntity = stored.values().stream()
                .flatMap(rows -> PendingUpdates.of(rows).stream())
                .flatMap(pending -> pending.updates().stream().map(update -> new Numbered(pending.number(), update)))
                .collect(Collectors.groupingBy(numbered -> numbered.update().entity()));
    }

    /** Counts what is pending of an entity; its number means nothing elsewhere. */
    public EntityState counted(String entity, EntityState state) {
        List<ItemInput> later = byEntity.getOrDefault(entity, List.of()).stream()
                .filter(numbered -> numbered.number() > state.counted())
                .map(Numbered::update)
                .toList();
        later.forEach(update -> state.count(update.update()));
        if (!later.isEmpty()) {
            left.put(entity, later);
        }
        state.counted(0);
        return state;
    }

    /** Counts the orders among what is pending of an item. */
    public NeighborCounts counted(String item, NeighborCounts counts) {
        List<ItemInput> updates = left.remove(item);
        return updates == null ? counts : counted(counts, updates);
    }

    private static NeighborCounts counted(NeighborCounts counts, List<ItemInput> updates) {
        for (ItemInput update : updates) {
            if (update.update().hasPartners()) {
                update.update().countPartners(Entity.idOf(update.entity()), counts);
            }
        }
        return counts;
    }

    /** What is bought with the items that have no row of it yet. */
    public Map<String, NeighborCounts> first(NeighborSettings settings) {
        Map<String, NeighborCounts> counts = new LinkedHashMap<>();
        left.forEach((entity, updates) -> {
            if (updates.stream().anyMatch(update -> update.update().hasPartners())) {
                counts.put(entity, counted(new NeighborCounts(settings), updates));
            }
        });
        return counts;
    }
}
