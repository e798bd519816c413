package dev.kombo.topology;

import dev.kombo.config.ServiceSettings;
import dev.kombo.config.Topic;
import dev.kombo.engine.task.Output;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.ErasureRequest;
import dev.kombo.schema.OfferOutcomes;
import dev.kombo.schema.SessionMerge;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.UpliftMove;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.global.EngineContext;
import dev.kombo.topology.global.GlobalTopology;
import dev.kombo.topology.shopper.EventRouter;
import dev.kombo.topology.shopper.EventTimestamps;
import dev.kombo.topology.shopper.ShopperAdapter;
import dev.kombo.topology.shopper.UserSink;
import dev.kombo.topology.task.CheckedStore;
import dev.kombo.topology.task.CommitHook;
import dev.kombo.topology.task.CommitPace;
import dev.kombo.topology.task.ItemAdapter;
import dev.kombo.topology.task.NodeNames;
import dev.kombo.topology.task.ReportAdapter;
import dev.kombo.topology.task.StoreCheck;
import dev.kombo.topology.task.StoreNames;
import dev.kombo.topology.task.StrategyAdapter;
import dev.kombo.topology.task.TaskAdapter;
import dev.kombo.topology.task.TaskProcessor;
import dev.kombo.topology.task.TrainerAdapter;
import java.util.Map;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.common.serialization.Deserializer;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.serialization.Serdes;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.AutoOffsetReset;
import org.apache.kafka.streams.Topology;
import org.apache.kafka.streams.processor.TimestampExtractor;
import org.apache.kafka.streams.state.StoreBuilder;
import org.apache.kafka.streams.state.Stores;

/**
 * Builds the whole Kafka Streams topology. Sub-topologies are connected only by topics, and are separate because each
 * has its own key and rate:
 *
 * <ul>
 *   <li><b>user</b>, by shopper: everything that one event means for one shopper, in one transaction;
 *   <li><b>item</b>, by entity: the only writer of an entity's row, with at most one publication per entity and flush
 *       interval;
 *   <li><b>trainer</b>, one partition: the ranker's weights are one record;
 *   <li><b>report</b>, by experiment: arms are compared in one task;
 *   <li><b>strategy</b>, one partition: one strategy is active, and one task decides which;
 *   <li><b>global</b>, complete on every instance: what scoring reads.
 * </ul>
 */
public final class BundleTopology {
    private static final Map<String, String> CHANGELOG = Map.of();

    private final EngineContext engine;
    private final StoreCheck check;
    private final StoredValues stored;
    private final ThreadLocal<CommitPace> paces;

    /** A topology whose stores are believed. */
    public BundleTopology(EngineContext engine) {
        this(engine, StoreCheck.NONE);
    }

    /**
     * @param engine what the processors of one instance share
     * @param check checks each store when a task opens it
     */
    public BundleTopology(EngineContext engine, StoreCheck check) {
        this.engine = engine;
        this.check = check;
        this.stored = new StoredValues(engine.serdes(), engine.settings());
        long interval = engine.settings().get(ServiceSettings.COMMIT_INTERVAL);
        this.paces = ThreadLocal.withInitial(() -> new CommitPace(interval));
    }

    /** Builds the topology; every node, store and topic has a fixed name. */
    public Topology build() {
        Topology topology = new Topology();
        addUsers(topology);
        addItems(topology);
        addTrainer(topology);
        addReports(topology);
        addStrategies(topology);
        // Added last: tasks are numbered in the order in which sub-topologies are added, and another global store must
        // not change their numbers.
        new GlobalTopology(engine).addTo(topology);
        return topology;
    }

    private void addUsers(Topology topology) {
        addEvents(topology);
        source(topology, NodeNames.USER_READ_SESSION_MERGE, Topic.SESSION_MERGE, SessionMerge.class);
        source(topology, NodeNames.USER_READ_ERASURE, Topic.ERASURE_REQUEST, ErasureRequest.class);
        task(
                topology,
                NodeNames.USER_PROCESS_EVENT,
                new ShopperAdapter(engine, stored),
                NodeNames.USER_ROUTE_EVENT,
                NodeNames.USER_READ_REKEYED,
                NodeNames.USER_READ_SESSION_MERGE,
                NodeNames.USER_READ_ERASURE);
        addUserStores(topology);
        for (UserSink sink : UserSink.values()) {
            serialized(topology, sink.node(), sink.topic(), NodeNames.USER_PROCESS_EVENT);
        }
    }

    private void addEvents(Topology topology) {
        EventTimestamps timestamps =
                new EventTimestamps(engine.settings().rules().futureTolerance());
        Deserializer<BehaviorEvent> events = values(BehaviorEvent.class).deserializer();
        source(topology, NodeNames.USER_READ_EVENT, Topic.BEHAVIOR_EVENT, events, timestamps);
        source(topology, NodeNames.USER_READ_REKEYED, Topic.BEHAVIOR_EVENT_REKEYED, events, timestamps);
        topology.addProcessor(
                NodeNames.USER_ROUTE_EVENT,
                () -> new EventRouter(engine.topics().partitions()),
                NodeNames.USER_READ_EVENT);
        sink(topology, NodeNames.USER_WRITE_REKEYED, Topic.BEHAVIOR_EVENT_REKEYED, NodeNames.USER_ROUTE_EVENT);
    }

    private void addUserStores(Topology topology) {
        String user = NodeNames.USER_PROCESS_EVENT;
        logged(topology, StoreNames.USER_PROFILE, Serdes.ByteArray(), user);
        logged(topology, StoreNames.USER_HISTORY, Serdes.ByteArray(), user);
        logged(topology, StoreNames.USER_OFFER, Serdes.ByteArray(), user);
        topology.addStateStore(store(StoreNames.USER_TIMER, ShopperAdapter.scheduleKeys(), Serdes.ByteArray()), user);
        logged(topology, StoreNames.USER_ERASED, Serdes.ByteArray(), user);
    }

    private void addItems(Topology topology) {
        source(
                topology,
                NodeNames.ITEM_READ_UPDATE,
                Topic.ITEM_UPDATE,
                stored.updates().deserializer(),
                null);
        task(topology, NodeNames.ITEM_APPLY_UPDATE, new ItemAdapter(engine, stored), NodeNames.ITEM_READ_UPDATE);
        logged(topology, StoreNames.ITEM_STATE, stored.entities(), NodeNames.ITEM_APPLY_UPDATE);
        logged(topology, StoreNames.ITEM_NEIGHBOR, stored.neighbors(), NodeNames.ITEM_APPLY_UPDATE);
        logged(topology, StoreNames.ITEM_PENDING, stored.pendingUpdates(), NodeNames.ITEM_APPLY_UPDATE);
        serialized(topology, NodeNames.ITEM_WRITE_MODEL, Topic.ITEM_MODEL, NodeNames.ITEM_APPLY_UPDATE);
        serialized(topology, NodeNames.ITEM_WRITE_SWEEP, Topic.FACTOR_SWEEP, NodeNames.ITEM_APPLY_UPDATE);
        serialized(topology, NodeNames.ITEM_WRITE_SUGGESTION, Topic.BUNDLE_SUGGESTION, NodeNames.ITEM_APPLY_UPDATE);
        serialized(topology, NodeNames.ITEM_WRITE_BUNDLE, Topic.BUNDLE_CATALOG, NodeNames.ITEM_APPLY_UPDATE);
        serialized(topology, NodeNames.ITEM_WRITE_PRICE, Topic.PRICE_HISTORY, NodeNames.ITEM_APPLY_UPDATE);
    }

    private void addTrainer(Topology topology) {
        source(
                topology,
                NodeNames.TRAINER_READ_EXAMPLE,
                Topic.TRAINING_EXAMPLE,
                stored.examples().deserializer(),
                null);
        task(
                topology,
                NodeNames.TRAINER_LEARN_EXAMPLE,
                new TrainerAdapter(engine, stored),
                NodeNames.TRAINER_READ_EXAMPLE);
        logged(topology, StoreNames.TRAINER_STATE, stored.models(), NodeNames.TRAINER_LEARN_EXAMPLE);
        logged(topology, StoreNames.TRAINER_PENDING, stored.examples(), NodeNames.TRAINER_LEARN_EXAMPLE);
        serialized(topology, NodeNames.TRAINER_WRITE_MODEL, Topic.RANKER_MODEL, NodeNames.TRAINER_LEARN_EXAMPLE);
    }

    private void addReports(Topology topology) {
        String count = NodeNames.REPORT_COUNT_OUTCOME;
        source(topology, NodeNames.REPORT_READ_OUTCOME, Topic.OFFER_OUTCOME, OfferOutcomes.class);
        task(topology, count, new ReportAdapter(engine), NodeNames.REPORT_READ_OUTCOME);
        logged(topology, StoreNames.EXPERIMENT_ACCOUNT, stored.accounts(), count);
        logged(topology, StoreNames.BUNDLE_ACCOUNT, stored.bundles(), count);
        logged(topology, StoreNames.UPLIFT_ACCOUNT, stored.uplifts(), count);
        logged(topology, StoreNames.COMPARISON_HISTORY, stored.comparisons(), count);
        logged(topology, StoreNames.BUDGET_ACCOUNT, Serdes.ByteArray(), count);
        logged(topology, StoreNames.REPORT_PENDING, Serdes.ByteArray(), count);
        serialized(topology, NodeNames.REPORT_WRITE_REPORT, Topic.CONVERSION_REPORT, count);
        serialized(topology, NodeNames.REPORT_WRITE_MOVE, Topic.SHARE_MOVE, count);
        serialized(topology, NodeNames.REPORT_WRITE_BUDGET, Topic.BUDGET_SPENDING, count);
    }

    private void addStrategies(Topology topology) {
        source(topology, NodeNames.STRATEGY_READ_PUBLISHED, Topic.STRATEGY, Strategy.class);
        source(topology, NodeNames.STRATEGY_READ_MOVE, Topic.SHARE_MOVE, UpliftMove.class);
        task(
                topology,
                NodeNames.STRATEGY_JUDGE_PUBLISHED,
                new StrategyAdapter(engine),
                NodeNames.STRATEGY_READ_PUBLISHED,
                NodeNames.STRATEGY_READ_MOVE);
        logged(
                topology,
                StoreNames.STRATEGY_STATE,
                stored.strategies(name(Topic.STRATEGY)),
                NodeNames.STRATEGY_JUDGE_PUBLISHED);
        serialized(
                topology, NodeNames.STRATEGY_WRITE_ACTIVE, Topic.ACTIVE_STRATEGY, NodeNames.STRATEGY_JUDGE_PUBLISHED);
        serialized(
                topology, NodeNames.STRATEGY_WRITE_REJECTION, Topic.REJECTED_EVENT, NodeNames.STRATEGY_JUDGE_PUBLISHED);
    }

    /** A processor that runs a task of the engine. */
    private <V, I, O extends Output> void task(
            Topology topology, String node, TaskAdapter<V, I, O> adapter, String... sources) {
        topology.addProcessor(
                node,
                () -> new TaskProcessor<>(adapter, engine.topics(), engine.serdes(), engine.counters(), paces),
                sources);
        if (adapter.commitHook() != null) {
            topology.addStateStore(CommitHook.builder(adapter.commitHook()), node);
        }
    }

    private <V extends SpecificRecord> void source(Topology topology, String node, Topic topic, Class<V> type) {
        source(topology, node, topic, values(type).deserializer(), null);
    }

    /** @param timestamps null: those of the records */
    private void source(
            Topology topology, String node, Topic topic, Deserializer<?> values, TimestampExtractor timestamps) {
        topology.addSource(AutoOffsetReset.earliest(), node, timestamps, text().deserializer(), values, name(topic));
    }

    /** A sink for the records that its parents forward to it by name. */
    private void sink(Topology topology, String node, Topic topic, String... parents) {
        Serializer<SpecificRecord> values = engine.serdes().serializer();
        topology.addSink(node, name(topic), text().serializer(), values, parents);
    }

    /** A sink for values that its parents have already serialized. */
    private void serialized(Topology topology, String node, Topic topic, String... parents) {
        topology.addSink(
                node, name(topic), text().serializer(), Serdes.ByteArray().serializer(), parents);
    }

    /** Adds a RocksDB store with a changelog. No store has a record cache: tasks write a key once per commit at most. */
    private void logged(Topology topology, String name, Serde<?> values, String... users) {
        topology.addStateStore(store(name, Serdes.String(), values), users);
    }

    private StoreBuilder<?> store(String name, Serde<?> keys, Serde<?> values) {
        return Stores.keyValueStoreBuilder(CheckedStore.supplier(name, check), keys, values)
                .withLoggingEnabled(CHANGELOG);
    }

    /** The values of a store or topic. */
    private <V extends SpecificRecord> Serde<V> values(Class<V> type) {
        return engine.serdes().value(type);
    }

    private String name(Topic topic) {
        return engine.topics().name(topic);
    }

    private static Serde<String> text() {
        return Serdes.String();
    }
}
