package dev.kombo.topology.task;

import dev.kombo.config.Topic;
import dev.kombo.engine.strategy.StrategyInput;
import dev.kombo.engine.strategy.StrategyOutput;
import dev.kombo.engine.strategy.StrategyTask;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.schema.RejectedEvent;
import dev.kombo.schema.Strategy;
import dev.kombo.schema.UpliftMove;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.serde.UpliftMapper;
import dev.kombo.topology.global.EngineContext;
import java.util.Collections;
import java.util.List;
import org.apache.avro.specific.SpecificRecord;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/**
 * Connects the strategy task to Kafka. It is the only writer of active-strategy. The key there is the experiment, so
 * that after compaction the topic still holds the last strategy of each experiment, in the order in which they were
 * active: the last record is the active strategy, and a reader knows all earlier experiments.
 */
public final class StrategyAdapter implements TaskAdapter<SpecificRecord, StrategyInput, StrategyOutput> {
    private final EngineContext engine;

    public StrategyAdapter(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public StrategyTask task(ProcessorContext<?, ?> context, Outputs<StrategyOutput> outputs, Isolation isolation) {
        return new StrategyTask(
                new KafkaTable<>(context.getStateStore(StoreNames.STRATEGY_STATE)),
                outputs,
                () -> engine.settings().standardPlan(engine.models().catalog().costsKnown()),
                engine.models().catalog(),
                engine.counters());
    }

    @Override
    public List<StrategyInput> inputs(Record<String, SpecificRecord> record, String topic) {
        return Collections.singletonList(input(record, topic));
    }

    private StrategyInput input(Record<String, SpecificRecord> record, String topic) {
        if (topic.equals(engine.topics().name(Topic.SHARE_MOVE))) {
            UpliftMove move = (UpliftMove) record.value();
            return move == null
                    ? null
                    : new StrategyInput.Moved(record.key(), UpliftMapper.MOVES.toDomain(move), record.timestamp());
        }
        Strategy strategy = (Strategy) record.value();
        return new StrategyInput.Published(
                record.key(), StrategyMapper.PLANS.toDomain(strategy), String.valueOf(strategy), record.timestamp());
    }

    @Override
    public void send(StrategyOutput output, Sender sender) {
        if (output instanceof StrategyOutput.Activated activated) {
            sender.send(
                    NodeNames.STRATEGY_WRITE_ACTIVE,
                    Topic.ACTIVE_STRATEGY,
                    activated.plan().salt(),
                    StrategyMapper.PLANS.toAvro(activated.plan()));
        } else if (output instanceof StrategyOutput.Rejected rejected) {
            sender.send(NodeNames.STRATEGY_WRITE_REJECTION, Topic.REJECTED_EVENT, rejected.key(), rejection(rejected));
        } else {
            throw new IllegalStateException("no topic takes " + output.getClass());
        }
    }

    private RejectedEvent rejection(StrategyOutput.Rejected rejected) {
        return RejectedEvent.newBuilder()
                .setSource(engine.topics().name(Topic.STRATEGY))
                .setField("strategy")
                .setReason("invalid-strategy")
                .setDetail(String.join("; ", rejected.problems()))
                .setPayload(rejected.text())
                .setEventTime(rejected.time())
                .build();
    }
}
