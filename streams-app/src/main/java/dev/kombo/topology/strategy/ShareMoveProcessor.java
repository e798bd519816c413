package dev.kombo.topology.strategy;

import dev.kombo.experiment.ShareMove;
import dev.kombo.ops.Counters;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.StrategyState;
import dev.kombo.schema.UpliftMove;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
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
 * Turns a move of shares into the next version of the active strategy, which is validated like any other. A move has
 * the version after the one that it is based on: a strategy published in between has that version or a higher one, or
 * another experiment, and the move is dropped. So a move never replaces what an operator published.
 *
 * <p>Version and shares are changed in the record as its writer wrote it, with all of its fields: an older instance
 * that moves shares of a newer version's strategy loses none of them.
 *
 * <p>Not thread-safe; used by the stream thread that owns the one task of this sub-topology.
 */
public final class ShareMoveProcessor implements Processor<String, UpliftMove, String, byte[]> {
    private static final Logger LOG = LoggerFactory.getLogger(ShareMoveProcessor.class);

    private final String topic;
    private final Serde<GenericRecord> strategies;
    private final Counters counters;
    private ProcessorContext<String, byte[]> context;
    private KeyValueStore<String, StrategyState> store;

    public ShareMoveProcessor(EngineContext engine) {
        this.topic = engine.topics().strategy();
        this.strategies = engine.serdes().generic();
        this.counters = engine.counters();
    }

    @Override
    public void init(ProcessorContext<String, byte[]> processorContext) {
        context = processorContext;
        store = context.getStateStore(StoreNames.STRATEGY_STATE);
    }

    @Override
    public void process(Record<String, UpliftMove> record) {
        ShareMove move = UpliftMapper.toDomain(record.value());
        StrategyState state = StrategyProcessor.stateIn(store);
        GenericRecord strategy =
                state == null ? null : strategies.deserializer().deserialize(topic, Utils.toArray(state.getStrategy()));
        if (strategy == null
                || !strategy.get("salt").toString().equals(record.key())
                || strategy.get("allocation") == null
                || (Long) strategy.get("version") >= move.version()) {
            LOG.info("Shares of {} stay: the strategy before version {} is not active", record.key(), move.version());
            return;
        }
        strategy.put("version", move.version());
        for (Object each : (List<?>) strategy.get("arms")) {
            GenericRecord arm = (GenericRecord) each;
            arm.put("share", move.shareOf(arm.get("name").toString(), (Double) arm.get("share")));
        }
        counters.count(KomboMetric.SHARES_MOVED);
        LOG.info("Shares of {} move with version {}: {}", record.key(), move.version(), move.arms());
        context.forward(
                new Record<>(state.getKey(), strategies.serializer().serialize(topic, strategy), record.timestamp()));
    }
}
