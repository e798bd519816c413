package dev.kombo.topology;

import dev.kombo.catalog.Target;
import dev.kombo.engine.FirstFactors;
import dev.kombo.engine.TargetState;
import dev.kombo.engine.TargetUpdate;
import dev.kombo.engine.TaskSettings;
import dev.kombo.learning.CooccurrenceCounts;
import dev.kombo.learning.ItemFactorLearner;
import dev.kombo.learning.NeighborCounts;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.ItemCooccurrences;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.serde.ItemMapper;
import java.time.Duration;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Owns the factors, popularity and partners of the targets of one partition: the only writer of a target's factor. What
 * changed is published once a flush interval by the {@link ItemPublisher}; the store item-pending remembers what that
 * is, since nothing that matters may wait in the heap.
 */
final class ItemProcessor implements Processor<String, ItemUpdate, String, SpecificRecord> {
    private final EngineContext engine;
    private final FirstFactors first;
    private final ItemFactorLearner learner;
    private final LongAdder applied;
    private final LongAdder dropped;
    private KeyValueStore<String, ItemState> states;
    private KeyValueStore<String, ItemNeighbors> neighbors;
    private KeyValueStore<String, ItemCooccurrences> cooccurrences;
    private KeyValueStore<String, byte[]> pending;

    ItemProcessor(EngineContext engine) {
        this.engine = engine;
        this.first =
                new FirstFactors(engine.models().catalog(), engine.settings().factors());
        this.learner = new ItemFactorLearner(engine.settings().factors());
        this.applied = engine.counters().counter(KomboMetric.TARGET_UPDATES, "applied");
        this.dropped = engine.counters().counter(KomboMetric.STEPS_DROPPED, "target");
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        states = context.getStateStore(StoreNames.ITEM_STATE);
        neighbors = context.getStateStore(StoreNames.ITEM_NEIGHBOR);
        cooccurrences = context.getStateStore(StoreNames.ITEM_COOCCURRENCE);
        pending = context.getStateStore(StoreNames.ITEM_PENDING);
        ItemPublisher publisher = new ItemPublisher(engine, context);
        context.schedule(
                Duration.ofMillis(engine.settings().get(TaskSettings.ITEM_FLUSH_INTERVAL)),
                PunctuationType.WALL_CLOCK_TIME,
                publisher::publish);
    }

    @Override
    public void process(Record<String, ItemUpdate> record) {
        String target = record.key();
        ItemUpdate update = record.value();
        if (target == null || update == null) {
            return;
        }
        byte[] waiting = pending.get(target);
        ItemState stored = states.get(target);
        TargetUpdate learned = ItemMapper.toDomain(update);
        TargetState state = ItemMapper.target(
                target,
                stored,
                first,
                engine.settings().index().popularity(),
                engine.settings().index().responses());
        if (!state.apply(learned, learner, waiting == null)) {
            dropped.increment();
        }
        ItemNeighbors partners = partners(target, learned);
        ItemCooccurrences companions = companions(target, learned);
        states.put(target, ItemMapper.toAvro(state, stored == null ? 1 : stored.getVersion() + 1));
        if (partners != null) {
            neighbors.put(target, partners);
        }
        if (companions != null) {
            cooccurrences.put(target, companions);
        }
        boolean mine = partners != null;
        if (waiting == null || (mine && !Pending.bundlesDue(waiting))) {
            pending.put(target, mine ? Pending.MODEL_AND_BUNDLES : Pending.MODEL);
        }
        applied.increment();
    }

    /** The partners with those of the order, or null where the update brings none. */
    private ItemNeighbors partners(String target, TargetUpdate update) {
        if (!update.hasPartners()) {
            return null;
        }
        NeighborCounts counts = ItemMapper.neighbors(
                Target.idOf(target), neighbors.get(target), engine.settings().neighbors());
        update.countPartners(counts);
        return ItemMapper.toAvro(counts);
    }

    /** The companions with those of the touch, or null where there is none. */
    private ItemCooccurrences companions(String target, TargetUpdate update) {
        if (update.touch() == null || engine.settings().cooccurrences().capacity() == 0) {
            return null;
        }
        CooccurrenceCounts counts = ItemMapper.cooccurrences(
                cooccurrences.get(target), engine.settings().cooccurrences());
        update.countCompanions(counts);
        return ItemMapper.toAvro(counts);
    }
}
