package dev.kombo.topology.strategy;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.config.Topic;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ops.Counters;
import dev.kombo.ops.KomboMetric;
import dev.kombo.ops.LogLimit;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyState;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.topology.common.NodeNames;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.nio.ByteBuffer;
import java.util.Collection;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Decides which strategy is active. Strategies are validated in the order in which they are published: a valid
 * successor of the active one goes to active-strategy, any other to rejected-event with all reasons. Removing the
 * active strategy makes the standard strategy active.
 *
 * <p>This is the only writer of active-strategy. Its key is the experiment, so that after compaction the topic still
 * holds the last strategy of each experiment, in the order in which they were active: the last record is the active
 * strategy, and a reader knows all earlier experiments. A strategy is forwarded as the bytes in which it was published,
 * so that an older version preserves fields of a newer one.
 *
 * <p>Not thread-safe; used by the stream thread that owns the one task of this sub-topology.
 */
public final class StrategyProcessor implements Processor<String, byte[], String, Object> {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyProcessor.class);
    private static final String STATE = "active";

    private final String topic;
    private final Serde<Strategy> strategies;
    private final Counters counters;
    private final LogLimit limit;
    private final EngineContext engine;
    private ProcessorContext<String, Object> context;
    private KeyValueStore<String, StrategyState> store;

    public StrategyProcessor(EngineContext engine) {
        this.topic = engine.topics().name(Topic.STRATEGY);
        this.strategies = engine.serdes().value(Strategy.class);
        this.counters = engine.counters();
        this.engine = engine;
        this.limit = new LogLimit(LOG, topic);
    }

    /** Returns what a store of this sub-topology holds; null before the first strategy was published. */
    static StrategyState stateIn(KeyValueStore<String, StrategyState> store) {
        return store.get(STATE);
    }

    /** Replaces the strategy that a guardrail may make active again. */
    static void keepPrevious(KeyValueStore<String, StrategyState> store, ByteBuffer previous) {
        StrategyState state = stateIn(store);
        store.put(STATE, new StrategyState(state.getKey(), state.getStrategy(), state.getUsedExperiments(), previous));
    }

    @Override
    public void init(ProcessorContext<String, Object> processorContext) {
        context = processorContext;
        store = context.getStateStore(StoreNames.STRATEGY_STATE);
    }

    @Override
    public void process(Record<String, byte[]> record) {
        StrategyState state = stateIn(store);
        StrategyPlan active = active(state);
        if (record.value() == null) {
            remove(record, state, active);
            return;
        }
        Strategy strategy = strategies.deserializer().deserialize(topic, record.value());
        StrategyPlan plan = StrategyMapper.PLANS.toDomain(strategy);
        // The active strategy may be published again, and is forwarded again in case the topic lost it.
        List<String> problems = plan.equals(active) ? List.of() : problems(plan, state, active);
        if (problems.isEmpty()) {
            activate(record.key(), plan, record, state, active);
        } else {
            reject(record, strategy, active, problems);
        }
    }

    private List<String> problems(StrategyPlan plan, StrategyState state, StrategyPlan active) {
        CatalogIndex catalog = engine.models().catalog();
        List<String> problems =
                plan.problemsAfter(active, state == null ? Set.of() : Set.copyOf(state.getUsedExperiments()));
        problems.addAll(plan.unmeasurable(active, catalog.costsKnown(), catalog.returnsKnown()));
        return problems;
    }

    private StrategyPlan active(StrategyState state) {
        return state == null
                ? standard()
                : StrategyMapper.PLANS.toDomain(
                        strategies.deserializer().deserialize(topic, Utils.toArray(state.getStrategy())));
    }

    private StrategyPlan standard() {
        return engine.settings().standardPlan(engine.models().catalog().costsKnown());
    }

    /** Removing any key but the active strategy's is allowed: the topic loses no information by it. */
    private void remove(Record<String, byte[]> record, StrategyState state, StrategyPlan active) {
        if (state == null || !record.key().equals(state.getKey())) {
            if (limit.mayLog(context.currentSystemTimeMs())) {
                LOG.warn("Strategy {} is removed; it was not active", record.key());
            }
            return;
        }
        StrategyPlan next = standard();
        byte[] bytes = strategies.serializer().serialize(topic, StrategyMapper.PLANS.toAvro(next));
        activate(null, next, record.withValue(bytes), state, active);
    }

    private void activate(
            String key, StrategyPlan plan, Record<String, byte[]> record, StrategyState state, StrategyPlan active) {
        Collection<String> used = new TreeSet<>(state == null ? List.of() : state.getUsedExperiments());
        used.add(active.salt());
        used.remove(plan.salt());
        ByteBuffer before = state != null && active.salt().equals(plan.salt()) ? state.getStrategy() : null;
        store.put(STATE, new StrategyState(key, ByteBuffer.wrap(record.value()), List.copyOf(used), before));
        LOG.info("Strategy {} of {} is active: {}", plan.version(), plan.salt(), plan);
        context.forward(new Record<>(plan.salt(), record.value(), record.timestamp()), NodeNames.STRATEGY_WRITE_ACTIVE);
    }

    private void reject(Record<String, byte[]> record, Strategy strategy, StrategyPlan active, List<String> problems) {
        if (limit.mayLog(context.currentSystemTimeMs())) {
            LOG.error(
                    "Strategy {} is rejected, {} of {} stays active: {}",
                    strategy.getVersion(),
                    active.version(),
                    active.salt(),
                    problems);
        }
        counters.count(KomboMetric.STRATEGY_REFUSED);
        RejectedEvent rejection = RejectedEvent.newBuilder()
                .setSource(topic)
                .setField("strategy")
                .setReason("invalid-strategy")
                .setDetail(String.join("; ", problems))
                .setPayload(strategy.toString())
                .setEventTime(record.timestamp())
                .build();
        context.forward(new Record<>(record.key(), rejection, record.timestamp()), NodeNames.STRATEGY_WRITE_REJECTION);
    }
}
