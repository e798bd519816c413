package dev.kombo.topology;

import dev.kombo.catalog.Target;
import dev.kombo.learning.ItemFactorLearner;
import dev.kombo.learning.ItemFactors;
import dev.kombo.learning.NeighborCounts;
import dev.kombo.learning.Popularity;
import dev.kombo.schema.ItemNeighbors;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.serde.Floats;
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
    private final ItemFactorLearner learner;
    private final LongAdder applied;
    private final LongAdder dropped;
    private KeyValueStore<String, ItemState> states;
    private KeyValueStore<String, ItemNeighbors> neighbors;
    private KeyValueStore<String, byte[]> pending;

    ItemProcessor(EngineContext engine) {
        this.engine = engine;
        this.learner = new ItemFactorLearner(engine.settings().factors());
        this.applied = engine.counters().counter("item.updates.applied");
        this.dropped = engine.counters().counter("learning.item.step.dropped");
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        states = context.getStateStore(StoreNames.ITEM_STATE);
        neighbors = context.getStateStore(StoreNames.ITEM_NEIGHBOR);
        pending = context.getStateStore(StoreNames.ITEM_PENDING);
        ItemPublisher publisher = new ItemPublisher(engine, context);
        context.schedule(
                Duration.ofMillis(engine.settings().itemFlushMillis()),
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
        ItemState state = stateOf(target);
        apply(state, update, waiting == null);
        boolean mine = !update.getPartners().isEmpty();
        ItemNeighbors partners = mine ? countPartners(target, update) : null;
        states.put(target, state);
        if (mine) {
            neighbors.put(target, partners);
        }
        byte[] due = mine ? Pending.MODEL_AND_BUNDLES : Pending.MODEL;
        if (waiting == null || (mine && !Pending.bundlesDue(waiting))) {
            pending.put(target, due);
        }
        applied.increment();
    }

    private ItemState stateOf(String target) {
        ItemState state = states.get(target);
        int factors = engine.settings().factors().factors();
        if (state != null && Floats.length(state.getVector()) == factors) {
            return state;
        }
        ItemState fresh = state == null ? emptyState() : state;
        ItemMapper.update(
                fresh,
                ItemFactors.initial(target, engine.settings().factors()),
                ItemMapper.popularity(fresh, engine.settings().popularity()));
        return fresh;
    }

    private static ItemState emptyState() {
        return ItemState.newBuilder()
                .setVector(Floats.toBuffer(new float[0]))
                .setSquaredGradients(Floats.toBuffer(new float[0]))
                .setBias(0f)
                .setBiasSquaredGradient(0f)
                .setPopularityShort(0)
                .setPopularityLong(0)
                .setPopularityTime(0)
                .setInteractions(0)
                .setPurchases(0)
                .setVersion(0)
                .build();
    }

    private void apply(ItemState state, ItemUpdate update, boolean firstSincePublication) {
        ItemFactors factors = ItemMapper.factors(state);
        Popularity popularity = ItemMapper.popularity(state, engine.settings().popularity());
        if (update.getGradient() != null
                && (Floats.length(update.getGradient()) != factors.vector().length
                        || !learner.apply(
                                factors,
                                Floats.fromBuffer(update.getGradient()),
                                update.getBiasGradient(),
                                firstSincePublication))) {
            dropped.increment();
        }
        if (update.getPopularityWeight() > 0) {
            popularity.add(update.getPopularityWeight(), update.getEventTime());
        }
        ItemMapper.update(state, factors, popularity);
        state.setInteractions(state.getInteractions() + update.getInteractions());
        state.setPurchases(state.getPurchases() + update.getPurchases());
        if (update.getUnitPriceMinor() != null) {
            state.setLastPriceMinor(update.getUnitPriceMinor());
            state.setCurrency(update.getCurrency());
        }
        state.setVersion(state.getVersion() + 1);
    }

    private ItemNeighbors countPartners(String target, ItemUpdate update) {
        NeighborCounts counts = ItemMapper.neighbors(
                Target.idOf(target), neighbors.get(target), engine.settings().neighbors());
        counts.addOrder(
                update.getPartners(),
                update.getOfferedPartners(),
                update.getPartners().size() + 1,
                update.getEventTime());
        return ItemMapper.toAvro(counts);
    }
}
