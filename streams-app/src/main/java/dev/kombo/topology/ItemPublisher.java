package dev.kombo.topology;

import dev.kombo.catalog.Cooccurrences;
import dev.kombo.catalog.Neighbor;
import dev.kombo.catalog.Target;
import dev.kombo.engine.TaskSettings;
import dev.kombo.learning.MinedBundle;
import dev.kombo.learning.NeighborCounts;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.Bundle;
import dev.kombo.schema.BundleSuggestion;
import dev.kombo.schema.ItemCooccurrences;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.serde.ItemMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.KeyValue;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Publishes what changed: a target's model at most once a flush interval, however often it was touched, and bundles
 * found in its partners. Touched only by the stream thread that owns the partition.
 */
final class ItemPublisher {
    /** Most targets published in one go, so that a flush does not hold up events. */
    private static final int BATCH = 2_000;

    private final EngineContext engine;
    private final BundleFinder finder;
    private final ProcessorContext<String, SpecificRecord> context;
    private final KeyValueStore<String, ItemState> states;
    private final KeyValueStore<String, ItemNeighbors> neighbors;
    private final KeyValueStore<String, ItemCooccurrences> cooccurrences;
    private final KeyValueStore<String, byte[]> pending;
    private final LongAdder published;
    private final LongAdder suggested;
    private long told = -1;
    private String cursor;

    ItemPublisher(EngineContext engine, ProcessorContext<String, SpecificRecord> context) {
        this.engine = engine;
        this.finder = new BundleFinder(engine);
        this.context = context;
        this.states = context.getStateStore(StoreNames.ITEM_STATE);
        this.neighbors = context.getStateStore(StoreNames.ITEM_NEIGHBOR);
        this.cooccurrences = context.getStateStore(StoreNames.ITEM_COOCCURRENCE);
        this.pending = context.getStateStore(StoreNames.ITEM_PENDING);
        this.published = engine.counters().counter(KomboMetric.TARGET_MODELS);
        this.suggested = engine.counters().counter(KomboMetric.BUNDLES_SUGGESTED);
    }

    /** Publishes what waits; called by a punctuator. */
    void publish(long systemTime) {
        tellBacklog(systemTime);
        for (KeyValue<String, byte[]> waiting : waiting()) {
            ItemState state = states.get(waiting.key);
            if (state != null) {
                publish(waiting.key, state, Pending.bundlesDue(waiting.value));
            }
            pending.delete(waiting.key);
        }
    }

    /** Told when it passes the bound or is worked off; not at every change, which would be a record an interval. */
    private void tellBacklog(long systemTime) {
        int partition = context.taskId().partition();
        long backlog = engine.backlog().records(engine.topics().itemUpdate(), partition);
        long bound = engine.settings().get(TaskSettings.BACKLOG);
        if (told < 0) {
            // What this partition told before a restart still stands.
            told = engine.models().watermarks().of(partition);
        }
        if ((backlog > bound) != (told > bound) || (backlog == 0) != (told == 0)) {
            context.forward(
                    new Record<String, SpecificRecord>(
                            ItemWatermarks.key(partition), ItemWatermarks.record(backlog, systemTime), systemTime),
                    NodeNames.ITEM_WRITE_MODEL);
            told = backlog;
        }
    }

    /** Goes on where the last flush stopped, or the first targets by name would keep the others waiting for ever. */
    private List<KeyValue<String, byte[]>> waiting() {
        List<KeyValue<String, byte[]>> waiting = new ArrayList<>();
        String start = cursor;
        collect(start, null, waiting);
        if (start != null) {
            collect(null, start, waiting);
        }
        cursor = waiting.size() < BATCH ? null : waiting.get(BATCH - 1).key + '\0';
        return waiting;
    }

    private void collect(String from, String to, List<KeyValue<String, byte[]>> waiting) {
        try (KeyValueIterator<String, byte[]> stored = pending.range(from, to)) {
            while (waiting.size() < BATCH && stored.hasNext()) {
                KeyValue<String, byte[]> next = stored.next();
                // The end of a range is part of it; the cursor's own key was taken already.
                if (!next.key.equals(to)) {
                    waiting.add(next);
                }
            }
        }
    }

    private void publish(String target, ItemState state, boolean bundlesDue) {
        long time = ItemMapper.latest(state);
        NeighborCounts counts = null;
        if (Target.isItem(target)) {
            counts = ItemMapper.neighbors(
                    Target.idOf(target),
                    neighbors.get(target),
                    engine.settings().neighbors());
        }
        List<Neighbor> strongest = counts == null
                ? List.of()
                : counts.strongest(engine.settings().neighbors().published());
        context.forward(
                new Record<String, SpecificRecord>(
                        target, ItemMapper.model(state, strongest, companions(target)), Math.max(0, time)),
                NodeNames.ITEM_WRITE_MODEL);
        published.increment();
        if (bundlesDue && counts != null) {
            suggest(target, state, counts, time);
        }
    }

    private Cooccurrences companions(String target) {
        return ItemMapper.cooccurrences(
                        cooccurrences.get(target), engine.settings().cooccurrences())
                .strongest(engine.settings().cooccurrences().published());
    }

    private void suggest(String target, ItemState state, NeighborCounts counts, long time) {
        List<MinedBundle> found = finder.find(counts, state);
        if (found.isEmpty()) {
            return;
        }
        boolean approve = engine.settings().mining().autoApprove();
        for (MinedBundle bundle : found) {
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
        // The miner noted at which support each bundle was suggested.
        neighbors.put(target, ItemMapper.toAvro(counts));
    }
}
