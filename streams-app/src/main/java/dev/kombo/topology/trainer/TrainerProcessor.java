package dev.kombo.topology.trainer;

import dev.kombo.engine.shopper.TrainingSettings;
import dev.kombo.metric.KomboMetric;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.topology.common.ScheduledProcessor;
import dev.kombo.topology.common.StoreNames;
import dev.kombo.topology.global.EngineContext;
import java.util.ArrayList;
import java.util.List;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Trains the ranking models, one example at a time, and publishes each once per interval if it has learned anything
 * since.
 *
 * <p>The state of a model (weights, optimiser, partial mini-batch, calibration) is one large record: some 110 KB for
 * the ranker network, against one or two KB for an example. So the state is stored when it is published and after every
 * {@value #EXAMPLES} examples, and the examples in between are stored as they came. A starting task loads the state and
 * learns these examples again, in their order: training is deterministic, so a crash or a moved task neither loses nor
 * repeats an example. (The counters of examples count what is learned again a second time.)
 */
public final class TrainerProcessor extends ScheduledProcessor<String, TrainingExample, String, RankerModel> {
    /** Most examples between two writes of the complete state: what a starting task learns again. */
    public static final int EXAMPLES = 256;

    /** A model in training and its stored progress. */
    private static final class Trained {
        private final ModelTraining training;
        /** Version published last. */
        private long version;
        /** Number of examples stored beside the state, numbered from 0. */
        private int open;

        private boolean changed;

        private Trained(ModelTraining training) {
            this.training = training;
        }

        private String key(int example) {
            return training.name() + "/" + example;
        }
    }

    private final EngineContext engine;
    private final List<Trained> models = new ArrayList<>();
    private ProcessorContext<String, RankerModel> context;
    private KeyValueStore<String, RankerModel> states;
    private KeyValueStore<String, TrainingExample> pending;

    public TrainerProcessor(EngineContext engine) {
        this.engine = engine;
        models.add(new Trained(new ModelTraining.RelevanceTraining(engine)));
        models.add(new Trained(new ModelTraining.ConversionTraining(engine)));
    }

    @Override
    public void init(ProcessorContext<String, RankerModel> processorContext) {
        context = processorContext;
        states = processorContext.getStateStore(StoreNames.TRAINER_STATE);
        pending = processorContext.getStateStore(StoreNames.TRAINER_PENDING);
        models.forEach(this::restore);
        schedule(
                context,
                engine.settings().get(TrainingSettings.PUBLISH_INTERVAL),
                time -> models.forEach(this::publish));
    }

    private void restore(Trained model) {
        RankerModel stored = states.get(model.training.name());
        model.version = stored == null ? 0 : stored.getVersion();
        // What was learned before the task moved here may not be published yet.
        model.changed = model.training.restore(stored);
        if (stored != null && !model.changed) {
            engine.counters().count(KomboMetric.TRAINER_RESTARTS);
        }
        model.open = 0;
        for (TrainingExample next = pending.get(model.key(0));
                next != null;
                next = pending.get(model.key(model.open))) {
            model.changed |= model.training.learn(next);
            model.open++;
        }
    }

    @Override
    public void process(Record<String, TrainingExample> record) {
        Trained model = modelOf(record.key());
        TrainingExample example = record.value();
        if (model == null || example == null || !model.training.learn(example)) {
            engine.counters().count(KomboMetric.TRAINING_EXAMPLES, "foreign");
            return;
        }
        model.changed = true;
        pending.put(model.key(model.open++), example);
        if (model.open == EXAMPLES) {
            save(model);
        }
    }

    private Trained modelOf(String name) {
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).training.name().equals(name)) {
                return models.get(i);
            }
        }
        return null;
    }

    private RankerModel save(Trained model) {
        RankerModel state = model.training.state(model.version);
        states.put(model.training.name(), state);
        while (model.open > 0) {
            pending.delete(model.key(--model.open));
        }
        return state;
    }

    private void publish(Trained model) {
        if (!model.changed) {
            return;
        }
        model.version++;
        RankerModel state = save(model);
        context.forward(new Record<>(
                model.training.name(), model.training.published(state), Math.max(0, state.getTrainedAt())));
        model.changed = false;
    }
}
