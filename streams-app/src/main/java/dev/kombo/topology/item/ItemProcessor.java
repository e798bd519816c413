package dev.kombo.topology.item;

import dev.kombo.catalog.PriceHistories;
import dev.kombo.catalog.PriceHistory;
import dev.kombo.catalog.StableHash;
import dev.kombo.config.ServiceSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.entity.UnlistedEntities;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.ItemState;
import dev.kombo.schema.ItemUpdate;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.ItemMapper;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.ScheduledProcessor;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Adds updates to the stored counts of items and bundles (entities) of one partition, as their only writer. An update is
 * one read and one write of its entity's row. The {@link ItemPublisher} publishes changes once per flush interval, and the
 * {@link ItemSweep} regularly sweeps all rows.
 */
public final class ItemProcessor extends ScheduledProcessor<String, ItemUpdate, String, SpecificRecord> {
    private final EngineContext engine;
    /** Time between two publications of prices, in milliseconds: long enough for those published to be read. */
    private static final long PRICES_INTERVAL = 5_000;

    /** Most prices of one publication, as events wait meanwhile. */
    private static final int MOST_PRICES = 2_000;

    /**
     * Time between two slices of a sweep, in milliseconds: a slice has 100 rows, which take some 1.2 milliseconds, so
     * that events wait for little else.
     */
    private static final long SWEEP_INTERVAL_MILLIS = 20;

    private final LongAdder applied;
    private final LongAdder refused;
    private UnlistedEntities unlisted;
    private KeyValueStore<String, ItemState> states;
    private ItemPublisher publisher;
    private ItemSweep sweep;

    public ItemProcessor(EngineContext engine) {
        this.engine = engine;
        this.applied = engine.counters().counter(KomboMetric.ENTITY_UPDATES, "applied");
        this.refused = engine.counters().counter(KomboMetric.ENTITY_UPDATES, "refused");
    }

    @Override
    public void init(ProcessorContext<String, SpecificRecord> context) {
        states = context.getStateStore(StoreNames.ITEM_STATE);
        publisher = new ItemPublisher(engine, context);
        int partitions = engine.topics().partitions();
        // Created here, as a revived task keeps its processors: earlier counts may not have been stored.
        unlisted = new UnlistedEntities(
                (engine.settings().get(TaskSettings.UNLISTED_MAX) + partitions - 1) / partitions,
                engine.settings().get(TaskSettings.RETIREMENT));
        sweep = new ItemSweep(engine, context, publisher, unlisted);
        scheduleWithRests(
                context,
                Math.min(ItemPublisher.SLICE_INTERVAL, engine.settings().get(TaskSettings.ITEM_FLUSH_INTERVAL)),
                publisher::publish);
        scheduleWithRests(context, SWEEP_INTERVAL_MILLIS, sweep::run);
        schedule(context, PRICES_INTERVAL, time -> publishPrices(context, partitions, time));
    }

    @Override
    public void process(Record<String, ItemUpdate> record) {
        wake();
        String entity = record.key();
        if (entity == null || record.value() == null) {
            return;
        }
        ItemState stored = states.get(entity);
        if (stored == null && !engine.models().catalog().lists(entity) && !unlisted.admits(StableHash.of(entity))) {
            refused.increment();
            return;
        }
        EntityUpdate update = ItemMapper.toDomain(record.value());
        EntityState state = ItemMapper.entity(stored, engine.settings().index().popularity());
        state.count(update);
        NeighborCounts partners = update.hasPartners() ? publisher.counts(entity) : null;
        if (partners != null) {
            update.countPartners(partners);
            publisher.keep(entity, partners);
        }
        states.put(entity, ItemMapper.toAvro(state));
        publisher.changed(entity, partners != null);
        sweep.counted(update.time(), stored == null);
        applied.increment();
    }

    /**
     * Publishes this task's share of the prices of which no instance that starts would know, again until they are read.
     */
    private void publishPrices(ProcessorContext<String, SpecificRecord> context, int partitions, long time) {
        PriceHistories prices = engine.models().catalog().prices();
        prices.forget(time);
        long before = time - 2 * engine.settings().get(ServiceSettings.COMMIT_INTERVAL);
        prices.unpublished(context.taskId().partition(), partitions, before)
                .limit(MOST_PRICES)
                .forEach(entity -> publishPrice(context, entity, prices.of(entity), time));
    }

    private void publishPrice(
            ProcessorContext<String, SpecificRecord> context, String entity, PriceHistory history, long time) {
        if (history != null) {
            context.forward(
                    new Record<>(entity, CatalogMapper.PRICES.toAvro(history), time), NodeNames.ITEM_WRITE_PRICE);
            engine.models().catalog().prices().passedOn(entity, time);
        }
    }
}
