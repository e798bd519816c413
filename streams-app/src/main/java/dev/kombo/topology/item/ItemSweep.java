package dev.kombo.topology.item;

import dev.kombo.catalog.Decay;
import dev.kombo.catalog.Entity;
import dev.kombo.catalog.EntityModel;
import dev.kombo.catalog.StableHash;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.engine.entity.UnlistedEntities;
import dev.kombo.learning.factors.Generations;
import dev.kombo.learning.factors.PartnerTable;
import dev.kombo.learning.factors.QuantizedVector;
import dev.kombo.learning.factors.RowSweep;
import dev.kombo.learning.factors.SweepCadence;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MinedSlot;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.learning.mining.SuggestionIndex;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.FactorSweep;
import dev.kombo.schema.ItemState;
import dev.kombo.serde.ItemMapper;
import dev.kombo.serde.SweepMapper;
import dev.kombo.settings.Millis;
import dev.kombo.topology.common.KeyFailures;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.Partitioning;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.LongAdder;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.state.KeyValueIterator;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Walks over all rows of one item task, one slice at a time: a {@link RowSweep} computes the task's part of the next
 * generation of factors, and changes that were not published because the instance ended are published. No progress is
 * stored: after a restart the walk begins again at the first row. Vectors are sent in blocks of {@value #BLOCK_ROWS}
 * rows per record, as one record per row would be most of what the item task writes. A slice has {@value #SLICE_ROWS}
 * rows of some 10 microseconds each, instead of a time limit, as the clock does not advance within a punctuation.
 *
 * <p>Not thread-safe; used by the stream thread that owns the partition.
 */
final class ItemSweep {
    private static final int BLOCK_ROWS = 200;
    private static final int SLICE_ROWS = 100;

    private final EngineContext engine;
    private final KeyValueStore<String, ItemState> states;
    private final ItemPublisher publisher;
    private final UnlistedEntities unlisted;
    private final KeyFailures failures;
    private final MinedBundleRetirement bundles;
    private final List<String> retired = new ArrayList<>();
    private final Generations generations;
    private final int partition;
    private final LongAdder swept;
    private final LongAdder dropped;
    private final List<Long> partners = new ArrayList<>(BLOCK_ROWS);
    private final List<QuantizedVector> vectors = new ArrayList<>(BLOCK_ROWS);
    private boolean walking = true;
    /** Whether this is the walk after the start. */
    private boolean first = true;

    private RowSweep sweep;
    private String cursor;
    private int block;
    private int lastEnded;
    private long seen;
    private long since;
    private long rows;
    private long walked;
    private long time;

    ItemSweep(
            EngineContext engine,
            ProcessorContext<String, SpecificRecord> context,
            ItemPublisher publisher,
            UnlistedEntities unlisted) {
        this.engine = engine;
        this.states = context.getStateStore(StoreNames.ITEM_STATE);
        this.publisher = publisher;
        this.unlisted = unlisted;
        this.failures = new KeyFailures(engine.counters(), "entity");
        this.bundles = new MinedBundleRetirement(engine, context, publisher);
        this.generations = engine.models().generations();
        this.partition = context.taskId().partition();
        this.swept = engine.counters().counter(KomboMetric.SWEEP_ROWS);
        this.dropped = engine.counters().counter(KomboMetric.STEPS_DROPPED);
    }

    /** Counts an update towards the next sweep. */
    void counted(long eventTime, boolean newRow) {
        seen++;
        since++;
        rows += newRow ? 1 : 0;
        time = Math.max(time, eventTime);
    }

    /**
     * Processes the next slice, or begins a sweep if one is due; called by a punctuator. Returns whether a walk or a
     * sweep is under way, here or in another task, or bundles are left to evaluate.
     */
    boolean run(long systemTime) {
        engine.models().settle(systemTime);
        boolean evaluating = bundles.evaluateNext(systemTime);
        if (sweep != null && sweep.generation() != generations.next()) {
            // The generation came into force without this partition, which was late.
            unlisted.abandoned();
            end();
        }
        if (!walking && due()) {
            walking = true;
            sweep = new RowSweep(engine.settings().factors(), engine.models().factors(), generations.next());
            since = 0;
        }
        if (!walking) {
            return evaluating || generations.begun();
        }
        boolean last = slice(systemTime);
        retired.forEach(publisher::retire);
        retired.clear();
        if (last) {
            unlisted.walked(systemTime);
            finish();
        }
        return true;
    }

    private boolean due() {
        int next = generations.next();
        // The sum that this task sends returns through the topic a moment later.
        if (Math.max(lastEnded, generations.endedBy(partition)) >= next) {
            return false;
        }
        return generations.begun()
                || since
                        >= SweepCadence.updates(
                                generations.updates(partition) + since,
                                rows,
                                engine.settings().factors().sweepUpdatesPerRow());
    }

    /** Returns whether the walk has reached the end. The iterator is closed with the slice, as a commit may follow. */
    private boolean slice(long systemTime) {
        try (KeyValueIterator<String, ItemState> stored = states.range(cursor, null)) {
            for (int row = 0; stored.hasNext(); row++) {
                if (row == SLICE_ROWS) {
                    return false;
                }
                String entity = stored.peekNextKey();
                // The smallest key behind this one; set first, so that a row that fails does not hold up those after
                // it.
                cursor = entity + '\0';
                failures.attempt(entity, systemTime, () -> visit(entity, stored.next().value));
            }
        }
        return true;
    }

    private void visit(String entity, ItemState state) {
        if (!engine.models().catalog().lists(entity)
                && unlisted.retires(popularity(state), time - ItemMapper.latest(state))) {
            retired.add(entity);
            return;
        }
        walked++;
        EntityModel published = engine.models().catalog().model(entity);
        // An order that is extended does not change the counts that are compared here.
        boolean extended = first && engine.settings().profile().holdings() && Entity.isItem(entity);
        if (extended
                || published == null
                || published.interactions() < state.getInteractions()
                || published.purchases() < state.getPurchases()) {
            publisher.changed(entity, extended || published == null || published.purchases() < state.getPurchases());
        }
        if (sweep != null) {
            long partner = PartnerTable.partnerOf(StableHash.of(entity));
            QuantizedVector vector = sweep.add(partner, ItemMapper.partners(state), time);
            if (vector != null) {
                add(false, partner, vector);
            }
            swept.increment();
        }
    }

    private double popularity(ItemState state) {
        return state.getPopularityLong()
                * Decay.factor(
                        (double) time - state.getPopularityTime(),
                        engine.settings().index().popularity().longHalfLifeMillis());
    }

    /** Adds to the current block, and sends the block when it is full. */
    private void add(boolean column, long partner, QuantizedVector vector) {
        partners.add(partner);
        vectors.add(vector);
        if (vectors.size() == BLOCK_ROWS) {
            sendBlock(column);
        }
    }

    private void sendBlock(boolean column) {
        if (vectors.isEmpty()) {
            return;
        }
        send(key(column, block++), SweepMapper.block(partition, sweep.generation(), column, partners, vectors));
        partners.clear();
        vectors.clear();
    }

    private String key(boolean column, int number) {
        return partition + (column ? "/c" : "/") + number;
    }

    /** Removes blocks of an earlier, longer sweep that this one did not replace. */
    private void forgetBlocks(boolean column) {
        while (engine.models().sweepBlocks().contains(key(column, block))) {
            send(key(column, block++), null);
        }
    }

    private void finish() {
        if (sweep != null) {
            sendBlock(false);
            forgetBlocks(false);
            sendColumns();
            forgetBlocks(true);
            dropped.add(sweep.dropped());
            long updates = generations.updates(partition) + seen;
            send(Integer.toString(partition), SweepMapper.sum(partition, sweep.generation(), sweep.gram(), updates));
            lastEnded = sweep.generation();
            seen = 0;
        }
        rows = walked;
        bundles.begin();
        end();
    }

    /** Sends all columns at the end of a sweep: until then a row may still add to any entity's column. */
    private void sendColumns() {
        block = 0;
        sweep.columns().forEach((partner, column) -> add(true, partner, QuantizedVector.of(column)));
        sendBlock(true);
    }

    private void send(String key, FactorSweep record) {
        publisher.forward(NodeNames.ITEM_WRITE_SWEEP, key, record, time);
    }

    private void end() {
        walking = false;
        first = false;
        sweep = null;
        cursor = null;
        block = 0;
        walked = 0;
        partners.clear();
        vectors.clear();
    }

    /**
     * Evaluates suggested bundles anew by the counts of today: those that closed orders no longer support and that offers
     * do not sell are withdrawn, those that a larger one contains leave the catalogue, and where nobody needs to
     * approve bundles the others enter it. Bundles that a person approved stay. Where the evidence has changed, it is
     * told again. Each bundle belongs to the task of its first member, which proposed it. All are evaluated, a few at a
     * time, after each walk over the rows, and for a while after a suggestion, whose counts may have lagged. Not
     * thread-safe; used by the stream thread that owns the partition.
     */
    private static final class MinedBundleRetirement {
        private static final int AT_ONCE = 20;
        private static final long INTERVAL = 2_000;
        /**
         * Time after a suggestion within which the index of this instance has the counts and bundles of other tasks, in
         * ms.
         */
        private static final long SETTLING = Millis.MINUTE;
        /** Least number of conversions, which decay with the half-life of engagement. */
        private static final double LEAST_SOLD = 1;

        private final EngineContext engine;
        private final BundleFinder finder;
        private final ItemPublisher publisher;
        private final ProcessorContext<String, SpecificRecord> context;
        private final LongAdder withdrawn;
        /** Slots whose pairs were searched since a person rejected or stopped their bundle; at a restart, once more. */
        private final Map<String, MinedSlot> released = new HashMap<>();

        private Iterator<SuggestionIndex.Suggestion> open = Collections.emptyIterator();
        private long begunAt;
        private boolean walked;
        private boolean recent;

        MinedBundleRetirement(
                EngineContext engine, ProcessorContext<String, SpecificRecord> context, ItemPublisher publisher) {
            this.engine = engine;
            this.publisher = publisher;
            this.finder = new BundleFinder(engine);
            this.context = context;
            this.withdrawn = engine.counters().counter(KomboMetric.BUNDLES_WITHDRAWN);
        }

        /** All bundles are evaluated once more. */
        void begin() {
            walked = true;
        }

        /** Evaluates the next few bundles; returns whether some are left. */
        boolean evaluateNext(long systemTime) {
            long sinceSuggestion = systemTime - publisher.suggestedAt();
            boolean settling = sinceSuggestion < SETTLING && systemTime - begunAt >= INTERVAL;
            if (!open.hasNext() && (walked || settling)) {
                begunAt = systemTime;
                open = engine.models().suggestions().all();
                recent = !walked;
                walked = false;
            }
            for (int i = 0; i < AT_ONCE && open.hasNext(); i++) {
                SuggestionIndex.Suggestion suggestion = open.next();
                MinedBundle bundle = suggestion.bundle();
                release(bundle);
                if (owned(bundle)) {
                    evaluate(suggestion, publisher.counts(proposer(bundle)), sinceSuggestion >= INTERVAL);
                }
            }
            return open.hasNext();
        }

        private void evaluate(SuggestionIndex.Suggestion suggestion, NeighborCounts counts, boolean indexed) {
            MinedBundle suggested = suggestion.bundle();
            MinedBundle today = finder.today(suggested, counts, recent);
            boolean approved = approved(suggested);
            if (!approved && (finder.needless(suggested) || (today == null && !sells(suggested.id())))) {
                withdraw(suggestion, counts);
                return;
            }
            MinedBundle bundle = today == null ? suggested : today;
            if (!approved
                    && bundle.slot() == null
                    && finder.offersUnasked(suggestion)
                    && finder.partOfOffered(bundle)) {
                publisher.demote(bundle, suggestion.suggestedAt());
            } else if (!approved && !suggestion.approved() && finder.approves(bundle, counts)) {
                publisher.offer(bundle, suggestion.suggestedAt());
            } else if (indexed && bundle.differsFrom(suggested)) {
                // Right after a suggestion, the index may still have the one that it replaced.
                boolean offered = suggestion.approved() && finder.approves(bundle, counts);
                publisher.write(bundle, suggestion.suggestedAt(), offered);
            }
        }

        /**
         * Lets the pairs of a slot be suggested again once its bundle no longer stands for them. Each pair belongs to
         * the task of its first item, so each task searches what it has of the items.
         */
        private void release(MinedBundle bundle) {
            MinedSlot slot = bundle.slot();
            if (slot == null) {
                return;
            }
            if (finder.stands(bundle.id())) {
                released.remove(bundle.id());
                return;
            }
            if (slot.equals(released.put(bundle.id(), slot))) {
                return;
            }
            List<String> others = finder.unsuggested(bundle.members().get(0), slot.items());
            String proposer = proposer(bundle);
            NeighborCounts counts = publisher.counts(proposer);
            if (counts.withdraw(others)) {
                publisher.keep(proposer, counts);
            }
            publisher.search(proposer);
            others.forEach(other -> publisher.search(Entity.ofItem(other)));
        }

        private boolean owned(MinedBundle bundle) {
            return Partitioning.partitionOf(proposer(bundle), engine.topics().partitions())
                    == context.taskId().partition();
        }

        private boolean approved(MinedBundle bundle) {
            return engine.models().suggestions().decision(bundle.id()) == SuggestionIndex.Review.APPROVED;
        }

        /** The item that a bundle is mined for. */
        private static String proposer(MinedBundle bundle) {
            return Entity.ofItem(bundle.members().get(0));
        }

        /**
         * Whether offers sell the bundle. Orders caused by an offer do not count as support, so such a bundle may lack
         * support.
         */
        private boolean sells(String id) {
            EntityModel model = engine.models().catalog().model(Entity.ofBundle(id));
            return model != null && model.engagement().conversions() >= LEAST_SOLD;
        }

        private void withdraw(SuggestionIndex.Suggestion suggestion, NeighborCounts counts) {
            MinedBundle bundle = suggestion.bundle();
            String id = bundle.id();
            String proposer = proposer(bundle);
            long now = context.currentSystemTimeMs();
            // The index may have lagged: then it is found again at once.
            counts.withdraw(bundle);
            publisher.keep(proposer, counts);
            publisher.search(proposer);
            publisher.forward(NodeNames.ITEM_WRITE_SUGGESTION, id, null, now);
            BundleEntry offered = engine.models().catalog().bundle(id);
            // A stopped bundle stays in the catalogue; otherwise it would be offered again as soon as it has support
            // again. One that was just offered may not be in the index yet.
            if (offered == null
                    ? suggestion.approved()
                    : offered.mined() && !offered.bundle().stopped()) {
                publisher.forward(NodeNames.ITEM_WRITE_BUNDLE, id, null, now);
            }
            withdrawn.increment();
        }
    }
}
