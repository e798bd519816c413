package dev.kombo.topology;

import dev.kombo.learning.LinearRankerTrainer;
import dev.kombo.learning.RankerState;
import dev.kombo.ranking.Signal;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.Floats;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;

/**
 * Trains the ranker, one example after the other; weights, optimiser and partial mini-batch are one stored record. The
 * weights are published once an interval, if anything was learned since: the stored version tells.
 */
final class TrainerProcessor implements Processor<String, TrainingExample, String, RankerModel> {
    private final EngineContext engine;
    private final LinearRankerTrainer trainer;
    private ProcessorContext<String, RankerModel> context;
    private KeyValueStore<String, RankerModel> store;
    private boolean changed;

    TrainerProcessor(EngineContext engine) {
        this.engine = engine;
        this.trainer = new LinearRankerTrainer(engine.settings().training().ranker(), priorWeights());
    }

    /** The weights that Kombo starts with: one a signal, then the intercept. */
    static float[] priorWeights() {
        return Signal.priorWeights();
    }

    @Override
    public void init(ProcessorContext<String, RankerModel> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(StoreNames.TRAINER_STATE);
        // What was learned before the task moved here may not be published yet.
        changed = store.get(RankerNames.LINEAR) != null;
        context.schedule(
                Duration.ofMillis(engine.settings().training().publishMillis()),
                PunctuationType.WALL_CLOCK_TIME,
                time -> publish());
    }

    @Override
    public void process(Record<String, TrainingExample> record) {
        TrainingExample example = record.value();
        if (example == null || Floats.length(example.getSignals()) != Signal.count()) {
            engine.counters().count("trainer.examples.foreign");
            return;
        }
        RankerModel stored = store.get(RankerNames.LINEAR);
        RankerState state = state(stored);
        LinearRankerTrainer.Outcome outcome =
                trainer.learn(state, Floats.fromBuffer(example.getSignals()), example.getLabel(), example.getWeight());
        engine.counters().count("trainer.examples." + outcome.name().toLowerCase(Locale.ROOT));
        long version = stored == null ? 0 : stored.getVersion();
        store.put(RankerNames.LINEAR, model(state, version, example.getEventTime()));
        changed = true;
    }

    private RankerState state(RankerModel stored) {
        if (stored == null || !stored.getSignals().equals(List.of(Signal.labels()))) {
            return trainer.start();
        }
        return new RankerState(
                Floats.fromBuffer(stored.getWeights()),
                Floats.fromBuffer(stored.getMoments()),
                stored.getExamples(),
                stored.getLogLoss());
    }

    private static RankerModel model(RankerState state, long version, long time) {
        return RankerModel.newBuilder()
                .setName(RankerNames.LINEAR)
                .setVersion(version)
                .setSignals(List.of(Signal.labels()))
                .setWeights(Floats.toBuffer(state.weights()))
                .setMoments(Floats.toBuffer(state.moments()))
                .setExamples(state.examples())
                .setLogLoss(state.logLoss())
                .setTrainedAt(time)
                .build();
    }

    private void publish() {
        RankerModel stored = store.get(RankerNames.LINEAR);
        if (!changed || stored == null) {
            return;
        }
        RankerModel next = RankerModel.newBuilder(stored)
                .setVersion(stored.getVersion() + 1)
                .build();
        store.put(RankerNames.LINEAR, next);
        RankerModel published = RankerModel.newBuilder(next)
                .setMoments(Floats.toBuffer(new float[0]))
                .build();
        context.forward(new Record<>(RankerNames.LINEAR, published, Math.max(0, next.getTrainedAt())));
        changed = false;
    }
}
