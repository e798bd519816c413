package dev.kombo.topology.item;

import dev.kombo.catalog.Entity;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.entity.FactorLearner;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.ItemModel;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.serde.ItemMapper;
import dev.kombo.topology.common.KeyFailures;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.Collections;
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
 * Publishes the models of items and bundles that changed, each at most once per flush interval, and the bundles found
 * among their neighbours, in slices. Pending publications are kept only on the heap, as a publication merely
 * refreshes what every instance holds: if one is lost, the next interaction or the {@link ItemSweep} makes up for it.
 * Not thread-safe; used by the stream thread that owns the partition.
 */
final class ItemPublisher {
    /**
     * What is to be done about an entity.
     *
     * @param since when it began to wait, epoch milliseconds
     * @param changed whether its model is to be published
     * @param searches number of searches for bundles left; a search is repeated where this instance's index does not
     *     yet have the counts of all neighbours, which are published at about the same time
     */
    private record Pending(long since, boolean changed, int searches) {
        Pending and(Pending later) {
            return new Pending(since, changed || later.changed, Math.max(searches, later.searches));
        }
    }

    /** Time between two slices, in milliseconds. */
    static final long SLICE_INTERVAL = 25;

    /** Entities per slice, some 20 to 40 microseconds each: events wait while a slice is published. */
    private static final int SLICE = 50;

    /** Most of them if slices were left out, since the thread was busy. */
    private static final int MOST = 2_000;

    /** Most searches for bundles of an item whose neighbours are incomplete in the index. */
    private static final int SEARCHES = 5;

    private final EngineContext engine;
    private final BundleFinder finder;
    private final FactorLearner learner;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, ItemState> states;
    private final KeyValueStore<String, ItemNeighbors> neighbors;
    private final long interval;
    /** By entity, the longest waiting first. */
    private final Map<String, Pending> waiting = new LinkedHashMap<>();

    private long slicedAt;
    private long suggestedAt = Long.MIN_VALUE / 2;

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
        this.interval = engine.settings().get(TaskSettings.ITEM_FLUSH_INTERVAL);
        this.states = context.getStateStore(StoreNames.ITEM_STATE);
        this.neighbors = context.getStateStore(StoreNames.ITEM_NEIGHBOR);
        this.failures = new KeyFailures(engine.counters(), "entity");
        this.published = engine.counters().counter(KomboMetric.ENTITY_MODELS);
        this.suggested = engine.counters().counter(KomboMetric.BUNDLES_SUGGESTED);
        this.retired = engine.counters().counter(KomboMetric.ENTITIES_RETIRED);
    }

    /** Schedules an entity for publication, and for a search for bundles if its neighbours changed. */
    void changed(String entity, boolean bundlesDue) {
        enqueue(entity, true, bundlesDue ? SEARCHES : 0);
    }

    /** Schedules a search for bundles of an item. */
    void search(String entity) {
        enqueue(entity, false, SEARCHES);
    }

    private void enqueue(String entity, boolean changed, int searches) {
        waiting.merge(entity, new Pending(context.currentSystemTimeMs(), changed, searches), Pending::and);
    }

    /**
     * Publishes the next slice of the entities that have waited for a flush interval; called by a punctuator. Returns
     * whether some waited.
     */
    boolean publish(long systemTime) {
        long missed = (systemTime - slicedAt) / SLICE_INTERVAL;
        int slice = (int) Math.min(MOST, SLICE * Math.max(1, missed));
        slicedAt = systemTime;
        Map<String, Pending> due = new LinkedHashMap<>();
        Iterator<Map.Entry<String, Pending>> entities = waiting.entrySet().iterator();
        while (due.size() < slice && entities.hasNext()) {
            Map.Entry<String, Pending> next = entities.next();
            if (systemTime - next.getValue().since() < interval) {
                break;
            }
            due.put(next.getKey(), next.getValue());
            entities.remove();
        }
        due.forEach((entity, pending) -> failures.attempt(entity, systemTime, () -> publish(entity, pending)));
        return !due.isEmpty() || !waiting.isEmpty();
    }

    /** Puts a mined bundle that nobody needs to approve into the catalogue. */
    void offer(MinedBundle bundle, long time) {
        write(bundle, time, true);
        forward(NodeNames.ITEM_WRITE_BUNDLE, bundle.id(), finder.bundle(bundle, time), time);
    }

    /** Takes a mined bundle out of the catalogue; it stays a suggestion. */
    void demote(MinedBundle bundle, long time) {
        write(bundle, time, false);
        forward(NodeNames.ITEM_WRITE_BUNDLE, bundle.id(), null, time);
    }

    /** Publishes a suggestion. */
    void write(MinedBundle bundle, long time, boolean approved) {
        forward(NodeNames.ITEM_WRITE_SUGGESTION, bundle.id(), finder.suggestion(bundle, time, approved), time);
    }

    void forward(String node, String key, SpecificRecord value, long time) {
        context.forward(new Record<>(key, value, Math.max(0, time)), node);
    }

    /** Removes what was learned of an entity on every instance. */
    void retire(String entity) {
        states.delete(entity);
        if (Entity.isItem(entity)) {
            neighbors.delete(entity);
        }
        forward(NodeNames.ITEM_WRITE_MODEL, entity, null, context.currentSystemTimeMs());
        retired.increment();
    }

    /** When a bundle was last suggested, epoch milliseconds of the machine's clock. */
    long suggestedAt() {
        return suggestedAt;
    }

    /** What is counted of the items bought with an item. */
    NeighborCounts counts(String item) {
        return ItemMapper.neighbors(
                Entity.idOf(item), neighbors.get(item), engine.settings().neighbors());
    }

    void keep(String item, NeighborCounts counts) {
        neighbors.put(item, ItemMapper.toAvro(counts));
    }

    private void publish(String entity, Pending pending) {
        ItemState state = states.get(entity);
        if (state == null) {
            return;
        }
        NeighborCounts counts = Entity.isItem(entity) ? counts(entity) : null;
        if (pending.changed()) {
            publish(entity, state, counts);
        }
        if (pending.searches() > 0 && counts != null) {
            suggest(entity, state, counts, pending.searches());
        }
    }

    private void publish(String entity, ItemState state, NeighborCounts counts) {
        long time = ItemMapper.latest(state);
        List<Neighbor> strongest = counts == null
                ? new ArrayList<>()
                : counts.strongest(engine.settings().neighbors().published());
        // Otherwise each id that somebody puts into an order would take up space in every index.
        strongest.removeIf(neighbor -> !known(neighbor.itemId()));
        FactorLearner.Stepped stepped = learner.step(entity, ItemMapper.partners(state), time);
        ItemModel model = ItemMapper.model(state, stepped, strongest, context.currentStreamTimeMs());
        forward(NodeNames.ITEM_WRITE_MODEL, entity, model, time);
        published.increment();
    }

    private boolean known(String item) {
        CatalogIndex catalog = engine.models().catalog();
        String entity = Entity.ofItem(item);
        return catalog.lists(entity) || catalog.model(entity) != null;
    }

    private void suggest(String entity, ItemState state, NeighborCounts counts, int searches) {
        if (searches > 1 && finder.lags(counts, state)) {
            enqueue(entity, false, searches - 1);
        }
        List<MinedBundle> found = finder.find(counts, state);
        if (found.isEmpty()) {
            return;
        }
        long time = ItemMapper.latest(state);
        // The largest first, as smaller ones may be parts of them.
        Collections.reverse(found);
        List<List<String>> approved = new ArrayList<>();
        for (MinedBundle bundle : found) {
            boolean part = approved.stream().anyMatch(whole -> whole.containsAll(bundle.members()));
            boolean approve = !part && finder.approves(bundle, counts);
            if (approve) {
                offer(bundle, time);
                finder.parts(bundle).forEach(smaller -> demote(smaller.bundle(), smaller.suggestedAt()));
                approved.add(bundle.members());
            } else {
                write(bundle, time, false);
            }
            suggested.increment();
            suggestedAt = context.currentSystemTimeMs();
        }
        // The miner recorded the support at which each bundle was suggested.
        keep(entity, counts);
    }
}
