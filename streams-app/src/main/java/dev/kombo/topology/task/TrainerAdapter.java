package dev.kombo.topology.task;

import dev.kombo.config.Topic;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.trainer.TrainerInput;
import dev.kombo.engine.trainer.TrainerOutput;
import dev.kombo.engine.trainer.TrainerTask;
import dev.kombo.serde.RankerMapper;
import dev.kombo.topology.global.EngineContext;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Connects the trainer task to Kafka. It is the only writer of ranker-model. */
public final class TrainerAdapter
        implements TaskAdapter<dev.kombo.schema.TrainingExample, TrainerInput, TrainerOutput> {
    private final EngineContext engine;

    public TrainerAdapter(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public TrainerTask task(ProcessorContext<?, ?> context, Outputs<TrainerOutput> outputs, Isolation isolation) {
        EngineSettings settings = engine.settings();
        return new TrainerTask(
                new KafkaTable<>(context.getStateStore(StoreNames.TRAINER_STATE)),
                new KafkaTable<>(context.getStateStore(StoreNames.TRAINER_PENDING)),
                outputs,
                settings.training(),
                settings.seed(),
                engine.counters());
    }

    @Override
    public TrainerInput input(Record<String, dev.kombo.schema.TrainingExample> record, String topic) {
        return new TrainerInput(record.key(), record.value() == null ? null : RankerMapper.toDomain(record.value()));
    }

    @Override
    public void send(TrainerOutput output, Sender sender) {
        sender.send(
                NodeNames.TRAINER_WRITE_MODEL,
                Topic.RANKER_MODEL,
                output.model().name(),
                RankerMapper.toAvro(output.model()));
    }

    @Override
    public Cadence cadence() {
        return new Cadence(engine.settings().get(TrainingSettings.PUBLISH_INTERVAL), false);
    }
}
