package dev.kombo.engine.item;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.TaskSettings;
import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.Entity;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.metric.KomboMetric;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Publishes the models of items and bundles that changed, each at most once per flush interval, and the bundles found
 * among their neighbours, in slices. Pending publications are kept only on the heap, as a publication merely refreshes
 * what every instance holds: if one is lost, the next interaction or the {@link RowWalk} makes up for it. Not
 * thread-safe.
 */
final class EntityPublisher {
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

    /** Entities published per second, some 20 to 40 microseconds each: events wait while a slice is published. */
    private static final long PER_SECOND = 2_000;

    /** Most of a slice if slices were left out, since the thread was busy. */
    private static final long MOST = 2_000;

    /** Most searches for bundles of an item whose neighbours are incomplete in the index. */
    private static final int SEARCHES = 5;

    private final ItemContext context;
    private final SuggestionPublisher suggestions;
    private final EntityPublication publication;
    private final long interval;
    /** By entity, the longest waiting first. */
    private final Map<String, Pending> waiting = new LinkedHashMap<>();

    private final LongAdder published;
    private long slicedAt;
    private long inputTime = Long.MIN_VALUE;

    EntityPublisher(ItemContext context, SuggestionPublisher suggestions) {
        this.context = context;
        this.suggestions = suggestions;
        this.publication = new EntityPublication(
                context.settings(),
                context.models().factors(),
                context.counters().counter(KomboMetric.STEPS_DROPPED));
        this.interval = context.settings().get(TaskSettings.ITEM_FLUSH_INTERVAL);
        this.published = context.counters().counter(KomboMetric.ENTITY_MODELS);
    }

    /** Notes the time of an input, or of one from before the task began, epoch milliseconds. */
    void reached(long time) {
        inputTime = Math.max(inputTime, time);
    }

    /** Schedules an entity for publication, and for a search for bundles if its neighbours changed. */
    void changed(String entity, boolean bundlesDue, long systemTime) {
        enqueue(entity, new Pending(systemTime, true, bundlesDue ? SEARCHES : 0));
    }

    /** Schedules a search for bundles of an item. */
    void search(String entity, long systemTime) {
        enqueue(entity, new Pending(systemTime, false, SEARCHES));
    }

    private void enqueue(String entity, Pending pending) {
        waiting.merge(entity, pending, Pending::and);
    }

    /** Publishes the next slice of the entities that have waited for a flush interval; returns whether some waited. */
    boolean publishNext(long systemTime) {
        long share = PER_SECOND * (systemTime - slicedAt) / TimeUnit.SECONDS.toMillis(1);
        long slice = Math.max(1, Math.min(MOST, share));
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
        due.forEach((entity, pending) ->
                context.isolation().attempt(entity, systemTime, () -> publish(entity, pending, systemTime)));
        return !due.isEmpty() || !waiting.isEmpty();
    }

    private void publish(String entity, Pending pending, long systemTime) {
        EntityState state = context.tables().state(entity);
        if (state == null) {
            return;
        }
        NeighborCounts counts = Entity.isItem(entity) ? context.tables().counts(entity) : null;
        if (pending.changed()) {
            PublishedEntity model = publication.of(entity, state, counts, this::known, inputTime);
            context.outputs().emit(new ItemOutput.ModelPublished(model, state.latest()));
            published.increment();
        }
        if (pending.searches() > 0 && counts != null) {
            if (pending.searches() > 1 && suggestions.policy().lags(counts, state.purchases())) {
                enqueue(entity, new Pending(systemTime, false, pending.searches() - 1));
            }
            // On its own, as the model is to be published even where a search for bundles fails.
            context.isolation()
                    .attempt(
                            entity,
                            systemTime,
                            () -> suggestions.suggest(entity, Entity.idOf(entity), state, counts, systemTime));
        }
    }

    private boolean known(String item) {
        CatalogIndex catalog = context.models().catalog();
        String entity = Entity.ofItem(item);
        return catalog.lists(entity) || catalog.model(entity) != null;
    }
}
