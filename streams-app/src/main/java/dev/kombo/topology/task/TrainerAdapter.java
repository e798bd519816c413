package dev.kombo.topology.task;

import dev.kombo.config.Topic;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.task.Isolation;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.trainer.TrainerInput;
import dev.kombo.engine.trainer.TrainerOutput;
import dev.kombo.engine.trainer.TrainerTask;
import dev.kombo.engine.trainer.TrainingExample;
import dev.kombo.serde.RankerMapper;
import dev.kombo.serde.StoredValues;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import org.apache.kafka.common.serialization.Serializer;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;

/** Connects the trainer task to Kafka. It is the only writer of ranker-model. */
public final class TrainerAdapter implements TaskAdapter<List<TrainingExample>, TrainerInput, TrainerOutput> {
    private final EngineContext engine;
    private final Serializer<List<TrainingExample>> examples;

    public TrainerAdapter(EngineContext engine, StoredValues stored) {
        this.engine = engine;
        this.examples = stored.examples().serializer();
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
    public List<TrainerInput> inputs(Record<String, List<TrainingExample>> record, String topic) {
        if (record.value() == null) {
            return List.of(new TrainerInput(record.key(), null));
        }
        List<TrainerInput> inputs = new ArrayList<>(record.value().size());
        record.value().forEach(example -> inputs.add(new TrainerInput(record.key(), example)));
        return inputs;
    }

    @Override
    public byte[] withOnly(BitSet parts, List<TrainingExample> value, String topic) {
        return examples.serialize(topic, parts.stream().mapToObj(value::get).toList());
    }

    @Override
    public String commitHook() {
        return StoreNames.TRAINER_COMMIT;
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
