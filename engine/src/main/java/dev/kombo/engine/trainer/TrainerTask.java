package dev.kombo.engine.trainer;

import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.engine.task.Outputs;
import dev.kombo.engine.task.Table;
import dev.kombo.engine.task.Task;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the ranking models, one example at a time, and publishes each at every call of {@link #tick} if it has learned
 * anything since.
 *
 * <p>The state of a model (weights, optimiser, partial mini-batch, calibration) is one large row: some 110 KB for the
 * ranker network, against one or two KB for an example. So the state is stored when it is published and after every
 * {@value #EXAMPLES} examples, and the examples in between are stored as they came, all of a commit in one row. A
 * starting task loads the state and learns these examples again, in their order: training is deterministic, so a crash or a moved task neither loses nor
 * repeats an example. (The counters of examples count what is learned again a second time.)
 */
public final class TrainerTask implements Task<TrainerInput> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerTask.class);

    /** Examples after which the complete state is written with the next commit. */
    public static final int EXAMPLES = 256;

    /** A model in training and its stored progress. */
    private static final class Trained {
        private final ModelTraining training;
        /** Version published last. */
        private long version;
        /** Number of rows of examples stored beside the state, numbered from 0. */
        private int rows;
        /** Number of examples learned since the state was stored. */
        private int open;
        /** The examples among them that are not stored yet. */
        private List<TrainingExample> unstored = new ArrayList<>();

        private boolean changed;

        private Trained(ModelTraining training) {
            this.training = training;
        }

        private String key(int row) {
            return training.name() + "/" + row;
        }
    }

    private final Table<String, TrainedModel> states;
    private final Table<String, List<TrainingExample>> pending;
    private final Outputs<TrainerOutput> outputs;
    private final Counters counters;
    private final List<Trained> models = new ArrayList<>();

    /**
     * Creates a task that goes on from its tables.
     *
     * @param states of the models, by name
     * @param pending examples learned since the state was stored, by model and number of the row
     * @param seed of the network's hidden layers
     */
    public TrainerTask(
            Table<String, TrainedModel> states,
            Table<String, List<TrainingExample>> pending,
            Outputs<TrainerOutput> outputs,
            TrainingSettings settings,
            long seed,
            Counters counters) {
        this.states = states;
        this.pending = pending;
        this.outputs = outputs;
        this.counters = counters;
        models.add(new Trained(new RelevanceTraining(settings, seed, counters)));
        models.add(new Trained(new ConversionTraining(counters)));
        models.forEach(this::restore);
    }

    /** A model as it was stored; null if it cannot be read: then training restarts from scratch. */
    private @Nullable TrainedModel stored(String name) {
        try {
            return states.get(name);
        } catch (IllegalArgumentException e) {
            LOG.warn("The stored model {} cannot be read; training restarts: {}", name, e.getMessage());
            counters.count(KomboMetric.TRAINER_RESTARTS);
            return null;
        }
    }

    private void restore(Trained model) {
        TrainedModel stored = stored(model.training.name());
        model.version = stored == null ? 0 : stored.version();
        // What was learned before the task moved here may not be published yet.
        model.changed = model.training.restore(stored);
        if (stored != null && !model.changed) {
            counters.count(KomboMetric.TRAINER_RESTARTS);
        }
        while (learnStored(model)) {
            model.rows++;
        }
    }

    /** Learns the next row of stored examples, unless it cannot be read; returns whether there was one. */
    private boolean learnStored(Trained model) {
        try {
            List<TrainingExample> next = pending.get(model.key(model.rows));
            if (next == null) {
                return false;
            }
            for (TrainingExample example : next) {
                model.changed |= model.training.learn(example);
            }
            model.open += next.size();
            return true;
        } catch (IllegalArgumentException e) {
            LOG.warn(
                    "Stored examples of the model {} cannot be read, and are left out: {}",
                    model.training.name(),
                    e.getMessage());
            counters.count(KomboMetric.TRAINING_EXAMPLES, "foreign");
            return true;
        }
    }

    @Override
    public void accept(TrainerInput input, long systemTime) {
        Trained model = modelOf(input.model());
        TrainingExample example = input.example();
        if (model == null || example == null || !model.training.learn(example)) {
            counters.count(KomboMetric.TRAINING_EXAMPLES, "foreign");
            return;
        }
        model.changed = true;
        model.unstored.add(example);
        model.open++;
    }

    /** Stores what was learned since the last commit: the examples, or the state once there are many of them. */
    @Override
    public void beforeCommit(long systemTime) {
        for (Trained model : models) {
            if (model.unstored.isEmpty()) {
                continue;
            }
            if (model.open >= EXAMPLES) {
                save(model, model.training.state(model.version));
            } else {
                pending.put(model.key(model.rows++), model.unstored);
                model.unstored = new ArrayList<>();
            }
        }
    }

    private @Nullable Trained modelOf(@Nullable String name) {
        for (int i = 0; i < models.size(); i++) {
            if (models.get(i).training.name().equals(name)) {
                return models.get(i);
            }
        }
        return null;
    }

    private void save(Trained model, TrainedModel state) {
        states.put(model.training.name(), state);
        while (model.rows > 0) {
            pending.delete(model.key(--model.rows));
        }
        model.unstored = new ArrayList<>();
        model.open = 0;
    }

    /** Publishes each model that has learned since it was published last. */
    @Override
    public boolean tick(long systemTime) {
        boolean published = false;
        for (Trained model : models) {
            if (model.changed) {
                publish(model);
                published = true;
            }
        }
        return published;
    }

    private void publish(Trained model) {
        long version = model.version + 1;
        TrainedModel state = model.training.state(version);
        outputs.emit(new TrainerOutput(model.training.published(state)));
        save(model, state);
        model.version = version;
        model.changed = false;
    }
}
