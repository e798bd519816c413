package dev.kombo.topology.item;

import dev.kombo.catalog.Entity;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.FactorLearner;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.serde.ItemMapper;
import dev.kombo.topology.common.KeyFailures;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Publishes changes: an entity's model at most once per flush interval, however often the entity was interacted with,
 * and bundles found among its neighbours. Pending publications are kept only on the heap, as a publication merely
 * refreshes what every instance holds: if one is lost, the next interaction or the {@link ItemSweep} makes up for it.
 * Not thread-safe; used by the stream thread that owns the partition.
 */
final class ItemPublisher {
    /** Most entities per flush, so that a flush does not hold up events. */
    private static final int BATCH = 2_000;

    /** Most searches for bundles of an item whose neighbours are incomplete in the index. */
    private static final int LOOKS = 5;

    private final EngineContext engine;
    private final BundleFinder finder;
    private final FactorLearner learner;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, ItemState> states;
    private final KeyValueStore<String, ItemNeighbors> neighbors;
    private final Map<String, Boolean> waiting = new LinkedHashMap<>();
    /**
     * Items to search for bundles again, with the number of searches left: this instance's index did not yet have the
     * counts of all their neighbours, which are published at about the same time.
     */
    private final Map<String, Integer> lagging = new LinkedHashMap<>();

    private final KeyFailures failures;
    private final LongAdder published;
    private final LongAdder suggested;
    private final LongAdder retired;

    ItemPublisher(EngineContext engine, ProcessorContext<String, SpecificRecord> context) {
        this.engine = engine;
        this.finder = new BundleFinder(engine);
        this.learner = new FactorLearner(
                engine.settings().factors(),
                engine.models().factors(),
                engine.counters().counter(KomboMetric.STEPS_DROPPED));
        this.context = context;
        this.states = context.getStateStore(StoreNames.ITEM_STATE);
        this.neighbors = context.getStateStore(StoreNames.ITEM_NEIGHBOR);
        this.failures = new KeyFailures(engine.counters(), "entity");
        this.published = engine.counters().counter(KomboMetric.TARGET_MODELS);
        this.suggested = engine.counters().counter(KomboMetric.BUNDLES_SUGGESTED);
        this.retired = engine.counters().counter(KomboMetric.TARGETS_RETIRED);
    }

    /** Schedules an entity for publication, and for a search for bundles if its neighbours changed. */
    void changed(String entity, boolean bundlesDue) {
        waiting.merge(entity, bundlesDue, Boolean::logicalOr);
    }

    /** Publishes pending entities, the longest waiting first; called by a punctuator. */
    void publish(long systemTime) {
        Map<String, Integer> again = new LinkedHashMap<>(lagging);
        lagging.clear();
        Iterator<Map.Entry<String, Boolean>> entities = waiting.entrySet().iterator();
        for (int i = 0; i < BATCH && entities.hasNext(); i++) {
            Map.Entry<String, Boolean> next = entities.next();
            failures.attempt(next.getKey(), systemTime, () -> publish(next.getKey(), next.getValue()));
            entities.remove();
        }
        again.forEach((item, looks) -> {
            ItemState state = states.get(item);
            if (state != null) {
                failures.attempt(item, systemTime, () -> suggest(item, state, counts(item), looks));
            }
        });
    }

    /** Removes what was learned of an entity on every instance. */
    void retire(String entity) {
        states.delete(entity);
        if (Entity.isItem(entity)) {
            neighbors.delete(entity);
        }
        context.forward(
                new Record<String, SpecificRecord>(entity, null, context.currentSystemTimeMs()),
                NodeNames.ITEM_WRITE_MODEL);
        retired.increment();
    }

    private NeighborCounts counts(String item) {
        return ItemMapper.neighbors(
                Entity.idOf(item), neighbors.get(item), engine.settings().neighbors());
    }

    private void publish(String entity, boolean bundlesDue) {
        ItemState state = states.get(entity);
        if (state == null) {
            return;
        }
        long time = ItemMapper.latest(state);
        NeighborCounts counts = Entity.isItem(entity) ? counts(entity) : null;
        List<Neighbor> strongest = counts == null
                ? new ArrayList<>()
                : counts.strongest(engine.settings().neighbors().published());
        // Otherwise each id that somebody puts into an order would take up space in every index.
        strongest.removeIf(neighbor -> !known(neighbor.itemId()));
        FactorLearner.Stepped stepped = learner.step(
                entity, ItemMapper.partners(state, engine.settings().cooccurrences()), time);
        context.forward(
                new Record<String, SpecificRecord>(
                        entity, ItemMapper.model(state, stepped, strongest), Math.max(0, time)),
                NodeNames.ITEM_WRITE_MODEL);
        published.increment();
        if (bundlesDue && counts != null) {
            suggest(entity, state, counts, LOOKS);
        }
    }

    private boolean known(String item) {
        CatalogIndex catalog = engine.models().catalog();
        String entity = Entity.ofItem(item);
        return catalog.lists(entity) || catalog.model(entity) != null;
    }

    private void suggest(String entity, ItemState state, NeighborCounts counts, int looks) {
        if (looks > 1 && finder.lags(counts, state)) {
            lagging.put(entity, looks - 1);
        }
        List<MinedBundle> found = finder.find(counts, state);
        if (found.isEmpty()) {
            return;
        }
        long time = ItemMapper.latest(state);
        for (MinedBundle bundle : found) {
            boolean approve = finder.approves(bundle);
            BundleSuggestion suggestion = finder.suggestion(bundle, time, approve);
            context.forward(
                    new Record<String, SpecificRecord>(bundle.id(), suggestion, Math.max(0, time)),
                    NodeNames.ITEM_WRITE_SUGGESTION);
            if (approve) {
                Bundle offered = finder.bundle(bundle, time);
                context.forward(
                        new Record<String, SpecificRecord>(bundle.id(), offered, Math.max(0, time)),
                        NodeNames.ITEM_WRITE_BUNDLE);
            }
            suggested.increment();
        }
        // The miner recorded the support at which each bundle was suggested.
        neighbors.put(entity, ItemMapper.toAvro(counts));
    }
}
