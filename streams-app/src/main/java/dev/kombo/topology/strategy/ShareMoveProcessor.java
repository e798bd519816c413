package dev.kombo.topology.strategy;

import dev.kombo.config.Topic;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.ShareMove.MoveKind;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ops.Counters;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.StrategyState;
import dev.kombo.schema.UpliftMove;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.nio.ByteBuffer;
import java.util.List;
import org.apache.avro.generic.GenericRecord;
import org.apache.kafka.common.serialization.Serde;
import org.apache.kafka.common.utils.Utils;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Turns a move of shares, or what a guardrail asks for, into the next version of the active strategy, which is
 * validated like any other. A move has the version after the one that it is based on: a strategy published in between
 * has that version or a higher one, or another experiment, and the move is dropped. So a move never replaces what an
 * operator published.
 *
 * <p>What changes is changed in the record as its writer wrote it, with all of its fields: an older instance that moves
 * shares of a newer version's strategy loses none of them.
 *
 * <p>Not thread-safe; used by the stream thread that owns the one task of this sub-topology.
 */
public final class ShareMoveProcessor implements Processor<String, UpliftMove, String, byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ShareMoveProcessor.class);

    private final String topic;
    private final Serde<GenericRecord> strategies;
    private final Serde<Strategy> known;
    private final EngineContext engine;
    private final Counters counters;
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, StrategyState> store;

    public ShareMoveProcessor(EngineContext engine) {
        this.topic = engine.topics().name(Topic.STRATEGY);
        this.strategies = engine.serdes().generic();
        this.known = engine.serdes().value(Strategy.class);
        this.engine = engine;
        this.counters = engine.counters();
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        store = context.getStateStore(StoreNames.STRATEGY_STATE);
    }

    @Override
    public void process(Record<String, UpliftMove> record) {
        ShareMove move = UpliftMapper.MOVES.toDomain(record.value());
        StrategyState state = StrategyProcessor.stateIn(store);
        GenericRecord strategy = read(
                state == null
                        ? current(StrategyMapper.PLANS.toAvro(
                                engine.models().strategy().plan()))
                        : Utils.toArray(state.getStrategy()));
        if (!strategy.get("salt").toString().equals(record.key())
                || (move.kind() == MoveKind.ALLOCATION && strategy.get("allocation") == null)
                || (Long) strategy.get("version") >= move.version()) {
            LOG.info(
                    "{} of {} is dropped: the strategy before version {} is not active",
                    move.kind(),
                    record.key(),
                    move.version());
            return;
        }
        ByteBuffer previous = state == null ? null : state.getPrevious();
        boolean back = move.kind() == MoveKind.ROLL_BACK && previous != null;
        GenericRecord next = back ? rolledBack(strategy, Utils.toArray(previous)) : changed(strategy, move);
        next.put("version", move.version());
        next.put("reason", move.reason());
        if (move.kind() == MoveKind.ALLOCATION || move.kind() == MoveKind.RAMP) {
            counters.count(KomboMetric.SHARES_MOVED);
        }
        LOG.info(
                "{} of {} with version {}: {} {}",
                move.kind(),
                record.key(),
                move.version(),
                move.reason(),
                move.arms());
        context.forward(new Record<>(
                state == null ? null : state.getKey(),
                strategies.serializer().serialize(topic, next),
                record.timestamp()));
        StrategyState now = StrategyProcessor.stateIn(store);
        if (now != null && !now.equals(state)) {
            // A guardrail goes back to what an operator published, not to shares before a move.
            StrategyProcessor.keepPrevious(store, back ? null : previous);
        }
    }

    private static GenericRecord changed(GenericRecord strategy, ShareMove move) {
        boolean ends = move.kind() == MoveKind.STOP || move.kind() == MoveKind.ROLL_BACK;
        int running = 0;
        for (GenericRecord arm : arms(strategy)) {
            String name = arm.get("name").toString();
            arm.put("share", move.shareOf(name, (Double) arm.get("share")));
            if (ends && name.equals(move.arm())) {
                arm.put("stopped", true);
            }
            running += arm.get("kind").toString().equals("TREATMENT") && !(Boolean) arm.get("stopped") ? 1 : 0;
        }
        if (move.kind() == MoveKind.HOLD || (ends && running < 2)) {
            strategy.put("allocation", null);
        }
        if (move.kind() == MoveKind.HOLD || ends) {
            strategy.put("ramp", null);
        }
        return strategy;
    }

    /** The earlier strategy; arms that a guardrail stopped since stay stopped. */
    private GenericRecord rolledBack(GenericRecord strategy, byte[] earlier) {
        GenericRecord next = read(earlier);
        for (GenericRecord arm : arms(strategy)) {
            String name = arm.get("name").toString();
            StrategyPlan plan = StrategyMapper.PLANS.toDomain(known.deserializer()
                    .deserialize(topic, strategies.serializer().serialize(topic, next)));
            Arm runs = plan.arm(name);
            if ((Boolean) arm.get("stopped") && runs != null && !runs.stopped()) {
                changed(next, ShareMove.ending(plan, name, MoveKind.STOP, 0, null));
            }
        }
        return next;
    }

    @SuppressWarnings("unchecked")
    private static List<GenericRecord> arms(GenericRecord strategy) {
        return (List<GenericRecord>) strategy.get("arms");
    }

    /** Decodes a strategy with the fields of its writer, or with those of this version if the writer had fewer. */
    private GenericRecord read(byte[] bytes) {
        GenericRecord written = strategies.deserializer().deserialize(topic, bytes);
        return written.getSchema().getField("reason") != null
                ? written
                : strategies
                        .deserializer()
                        .deserialize(topic, current(known.deserializer().deserialize(topic, bytes)));
    }

    private byte[] current(Strategy strategy) {
        return known.serializer().serialize(topic, strategy);
    }
}
