package dev.kombo.engine.item;

import dev.kombo.engine.entity.EntityState;
import dev.kombo.entity.Entity;
import dev.kombo.entity.EntityModel;
import dev.kombo.learning.Popularity;
import dev.kombo.learning.factors.Generations;
import dev.kombo.learning.factors.SweepCadence;
import dev.kombo.math.Decay;
import dev.kombo.metric.KomboMetric;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;

/**
 * Regularly visits the stored rows of all items and bundles of one item task, one slice of rows at a time: a {@link
 * SweepRun} computes the task's part of the next generation of factors, rows of entities that left the catalogue are
 * retired, and changes that were not published because the instance ended are published. No progress is stored: after a
 * restart the walk begins again at the first row. A slice has {@value #SLICE_ROWS} rows of some 10 microseconds each,
 * so that events wait for little else. Not thread-safe.
 */
final class RowWalk {
    private static final int SLICE_ROWS = 100;

    private final ItemContext context;
    private final EntityPublisher publisher;
    private final SuggestionReview review;
    private final UnlistedEntities unlisted;
    private final Generations generations;
    private final List<String> retiring = new ArrayList<>();
    private final LongAdder swept;
    private final LongAdder dropped;
    private final LongAdder retired;
    private boolean walking = true;
    /** Whether this is the walk after the start. */
    private boolean first = true;

    private @Nullable SweepRun sweep;
    private @Nullable String cursor;
    private int lastEnded;
    private long seen;
    private long since;
    private long rows;
    private long walked;
    private long time;

    RowWalk(ItemContext context, EntityPublisher publisher, SuggestionReview review, UnlistedEntities unlisted) {
        this.context = context;
        this.publisher = publisher;
        this.review = review;
        this.unlisted = unlisted;
        this.generations = context.models().generations();
        this.swept = context.counters().counter(KomboMetric.SWEEP_ROWS);
        this.dropped = context.counters().counter(KomboMetric.STEPS_DROPPED);
        this.retired = context.counters().counter(KomboMetric.ENTITIES_RETIRED);
    }

    /** Counts an update towards the next sweep. */
    void counted(long eventTime, boolean newRow) {
        seen++;
        since++;
        rows += newRow ? 1 : 0;
        time = Math.max(time, eventTime);
    }

    /**
     * Processes the next slice, or begins a sweep if one is due. Returns whether a walk or a sweep is under way, here
     * or in another task.
     */
    boolean walkNext(long systemTime) {
        if (sweep != null && sweep.generation() != generations.next()) {
            // The generation came into force without this partition, which was late.
            unlisted.abandoned();
            end();
        }
        if (!walking && due()) {
            walking = true;
            since = 0;
            sweep = new SweepRun(
                    context.outputs(),
                    context.settings().factors(),
                    context.models().factors(),
                    context.partition().number(),
                    generations.next(),
                    context.models().sweepBlocks());
        }
        if (!walking) {
            return generations.begun();
        }
        boolean last = context.tables().walk(cursor, SLICE_ROWS, (entity, state) -> {
            // The smallest key behind this one; set first, so that a row that fails does not hold up those after it.
            cursor = entity + '\0';
            context.isolation().attempt(entity, systemTime, () -> visit(entity, state.get(), systemTime));
        });
        retiring.forEach(entity -> context.isolation().attempt(entity, systemTime, () -> retire(entity, systemTime)));
        retiring.clear();
        if (last) {
            unlisted.walked(systemTime);
            finish();
        }
        return true;
    }

    private boolean due() {
        int next = generations.next();
        int partition = context.partition().number();
        // The sum that this task emits returns a moment later.
        if (Math.max(lastEnded, generations.endedBy(partition)) >= next) {
            return false;
        }
        return generations.begun()
                || since
                        >= SweepCadence.updates(
                                generations.updates(partition) + since,
                                rows,
                                context.settings().factors().sweepUpdatesPerRow());
    }

    private void visit(String entity, EntityState state, long systemTime) {
        publisher.reached(state.latest());
        if (!context.models().catalog().lists(entity)
                && unlisted.retires(popularity(state.popularity()), time - state.latest())) {
            retiring.add(entity);
            return;
        }
        walked++;
        EntityModel published = context.models().catalog().model(entity);
        // An order that is extended does not change the counts that are compared here.
        boolean extended = first && context.settings().profile().holdings() && Entity.isItem(entity);
        boolean ordered = extended || published == null || published.purchases() < state.purchases();
        if (ordered || (published != null && published.interactions() < state.interactions())) {
            publisher.changed(entity, ordered, systemTime);
        }
        if (sweep != null) {
            sweep.add(entity, state, time);
            swept.increment();
        }
    }

    private double popularity(Popularity popularity) {
        return popularity.longTerm()
                * Decay.factor(
                        (double) time - popularity.time(),
                        context.settings().index().popularity().longHalfLifeMillis());
    }

    /** Removes what was learned of an entity on every instance. */
    private void retire(String entity, long systemTime) {
        context.outputs().emit(new ItemOutput.ModelRemoved(entity, systemTime));
        context.tables().delete(entity, systemTime);
        retired.increment();
    }

    private void finish() {
        SweepRun ended = sweep;
        if (ended != null) {
            ended.end(generations.updates(context.partition().number()) + seen, time);
            dropped.add(ended.dropped());
            lastEnded = ended.generation();
            seen = 0;
        }
        rows = walked;
        review.begin();
        end();
    }

    private void end() {
        walking = false;
        first = false;
        sweep = null;
        cursor = null;
        walked = 0;
    }
}
