package dev.kombo.topology;

import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Trains the models that rank, one example after the other; the state of each is one stored record, written at each of
 * its examples. Models are published once an interval, if anything was learned since: the stored version tells.
 */
final class TrainerProcessor implements Processor<String, TrainingExample, String, RankerModel> {
    /** A model with what the store need not be asked for. */
    private static final class Trained {
        private final ModelTraining training;
        private long version;
        private boolean changed;

        private Trained(ModelTraining training) {
            this.training = training;
        }
    }

    private final EngineContext engine;
    private final List<Trained> models = new ArrayList<>();
    private ProcessorContext<String, RankerModel> context;
    private KeyValueStore<String, RankerModel> store;

    TrainerProcessor(EngineContext engine) {
        this.engine = engine;
        models.add(new Trained(new RelevanceTraining(engine)));
        models.add(new Trained(new AcceptanceTraining(engine)));
    }

    @Override
    public void init(ProcessorContext<String, RankerModel> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(StoreNames.TRAINER_STATE);
        models.forEach(this::restore);
        context.schedule(
                Duration.ofMillis(engine.settings().training().publishMillis()),
                PunctuationType.WALL_CLOCK_TIME,
                time -> models.forEach(this::publish));
    }

    private void restore(Trained model) {
        String name = model.training.name();
        RankerModel stored = store.get(name);
        model.version = stored == null ? 0 : stored.getVersion();
        boolean restored = model.training.restore(stored);
        // What was learned before the task moved here may not be published yet.
        model.changed = stored != null;
        if (stored != null && !restored) {
            engine.counters().count(KomboMetric.TRAINER_RESTARTS);
            // Or the publication of what is stored would go out as the new kind's.
            store.delete(name);
        }
    }

    @Override
    public void process(Record<String, TrainingExample> record) {
        Trained model = modelOf(record.key());
        TrainingExample example = record.value();
        RankerModel next = model == null || example == null ? null : model.training.learn(example, model.version);
        if (next == null) {
            engine.counters().count(KomboMetric.TRAINING_EXAMPLES, "foreign");
            return;
        }
        store.put(model.training.name(), next);
        model.changed = true;
    }

    private Trained modelOf(String name) {
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).training.name().equals(name)) {
                return models.get(i);
            }
        }
        return null;
    }

    private void publish(Trained model) {
        String name = model.training.name();
        RankerModel stored = store.get(name);
        if (!model.changed || stored == null) {
            return;
        }
        model.version = stored.getVersion() + 1;
        RankerModel next =
                RankerModel.newBuilder(stored).setVersion(model.version).build();
        store.put(name, next);
        context.forward(new Record<>(name, model.training.published(next), Math.max(0, next.getTrainedAt())));
        model.changed = false;
    }
}
