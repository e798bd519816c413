package dev.kombo.engine.item;

import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.engine.entity.EntityUpdate;
import dev.kombo.engine.model.LiveModels;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Task;
import dev.kombo.math.StableHash;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import java.util.concurrent.atomic.LongAdder;

/**
 * Applies updates to the stored data (the rows) of the items and bundles (entities) of one partition, as the only
 * writer of these rows. By the clock, the {@link
 * EntityPublisher} publishes changes once per flush interval, the {@link RowWalk} regularly visits all rows, the {@link
 * SuggestionReview} evaluates mined bundles anew, and the {@link PricePublisher} publishes prices that have changed.
 */
public final class ItemTask implements Task<ItemInput> {
    private final ItemContext context;
    private final UnlistedEntities unlisted;
    private final EntityPublisher publisher;
    private final SuggestionReview review;
    private final RowWalk walk;
    private final PricePublisher prices;
    private final LongAdder applied;
    private final LongAdder refused;

    /**
     * @param models what every instance has read; the task emits what they are to know, and they read it in turn
     * @param isolation keeps the work of {@link #tick} on one entity from holding up the others
     */
    public ItemTask(
            EntityTables tables,
            Outputs<ItemOutput> outputs,
            EngineSettings settings,
            LiveModels models,
            TaskPartition partition,
            Isolation isolation,
            Counters counters) {
        Isolation restoring = (entity, systemTime, work) -> {
            boolean done = isolation.attempt(entity, systemTime, work);
            if (!done) {
                tables.restore(entity);
            }
            return done;
        };
        context = new ItemContext(tables, outputs, settings, models, partition, restoring, counters);
        int partitions = partition.partitions();
        unlisted = new UnlistedEntities(
                (settings.get(TaskSettings.UNLISTED_MAX) + partitions - 1) / partitions,
                settings.get(TaskSettings.RETIREMENT));
        SuggestionPublisher suggestions = new SuggestionPublisher(context);
        publisher = new EntityPublisher(context, suggestions);
        review = new SuggestionReview(context, suggestions, publisher);
        walk = new RowWalk(context, publisher, review, unlisted);
        prices = new PricePublisher(context);
        applied = counters.counter(KomboMetric.ENTITY_UPDATES, "applied");
        refused = counters.counter(KomboMetric.ENTITY_UPDATES, "refused");
    }

    @Override
    public void accept(ItemInput input, long systemTime) {
        publisher.reached(input.time());
        String entity = input.entity();
        EntityState stored = context.tables().state(entity);
        if (stored == null && !context.models().catalog().lists(entity) && !unlisted.admits(StableHash.of(entity))) {
            refused.increment();
            return;
        }
        EntityUpdate update = input.update();
        context.tables().count(input, systemTime);
        publisher.changed(entity, update.hasPartners(), systemTime);
        walk.counted(update.time(), stored == null);
        applied.increment();
    }

    @Override
    public boolean tick(long systemTime) {
        context.models().settle(systemTime);
        boolean evaluating = review.evaluateNext(systemTime);
        boolean walking = walk.walkNext(systemTime);
        // After the walk: an entity that both concern is published once.
        boolean publishing = publisher.publishNext(systemTime);
        prices.run(systemTime);
        return evaluating || walking || publishing;
    }

    @Override
    public void beforeCommit(long systemTime) {
        context.tables().store(systemTime);
    }
}
