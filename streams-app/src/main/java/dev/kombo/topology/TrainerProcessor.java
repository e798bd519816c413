package dev.kombo.topology;

import dev.kombo.engine.RankerExample;
import dev.kombo.learning.NetworkShape;
import dev.kombo.learning.NetworkState;
import dev.kombo.learning.NetworkTrainer;
import dev.kombo.ranking.Signal;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.RankerMapper;
import java.time.Duration;
import java.util.Locale;
import org.apache.kafka.streams.processor.PunctuationType;
import org.apache.kafka.streams.processor.api.Processor;
import org.apache.kafka.streams.processor.api.ProcessorContext;
import org.apache.kafka.streams.processor.api.Record;
import org.apache.kafka.streams.state.KeyValueStore;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the ranker, one example after the other; weights, optimiser, partial mini-batch and calibration are one stored
 * record, written at each example. It is read once a start of the task, and kept decoded: the processor is its only
 * writer. The weights are published once an interval, if anything was learned since: the stored version tells.
 */
final class TrainerProcessor implements Processor<String, TrainingExample, String, RankerModel> {
    private static final Logger LOG = LoggerFactory.getLogger(TrainerProcessor.class);

    private final EngineContext engine;
    private final NetworkShape shape;
    private final NetworkTrainer trainer;
    private ProcessorContext<String, RankerModel> context;
    private KeyValueStore<String, RankerModel> store;
    private NetworkState state;
    private long version;
    private boolean changed;

    TrainerProcessor(EngineContext engine) {
        TrainingSettings training = engine.settings().training();
        this.engine = engine;
        this.shape = training.shape();
        this.trainer = new NetworkTrainer(shape, training.network(), Signal.priorWeights(), training.seed());
    }

    @Override
    public void init(ProcessorContext<String, RankerModel> processorContext) {
        context = processorContext;
        store = processorContext.getStateStore(StoreNames.TRAINER_STATE);
        RankerModel stored = store.get(RankerNames.RELEVANCE);
        version = stored == null ? 0 : stored.getVersion();
        state = stateOf(stored);
        // What was learned before the task moved here may not be published yet.
        changed = stored != null;
        context.schedule(
                Duration.ofMillis(engine.settings().training().publishMillis()),
                PunctuationType.WALL_CLOCK_TIME,
                time -> publish());
    }

    private NetworkState stateOf(RankerModel stored) {
        if (stored != null && RankerMapper.matches(stored, shape)) {
            return RankerMapper.state(
                    stored, shape, engine.settings().training().network().window());
        }
        if (stored != null) {
            LOG.warn("Stored ranker of kind {} gives way to a new one of kind {}", stored.getKind(), shape.kind());
            engine.counters().count("trainer.started.anew");
            // Or the publication of what is stored would go out as the new kind's.
            store.delete(RankerNames.RELEVANCE);
        }
        return trainer.start();
    }

    @Override
    public void process(Record<String, TrainingExample> record) {
        TrainingExample avro = record.value();
        RankerExample example = avro == null ? null : RankerMapper.toDomain(avro, shape);
        if (example == null) {
            engine.counters().count("trainer.examples.foreign");
            return;
        }
        NetworkTrainer.Outcome outcome = trainer.learnGroup(state, example.group());
        engine.counters()
                .counter("trainer.examples." + outcome.name().toLowerCase(Locale.ROOT))
                .add(example.size());
        if (outcome == NetworkTrainer.Outcome.RESTORED) {
            LOG.warn("The ranker had diverged; its last good weights are back, loss was {}", state.loss());
        }
        store.put(
                RankerNames.RELEVANCE,
                RankerMapper.toAvro(RankerNames.RELEVANCE, version, shape, state, example.time()));
        changed = true;
    }

    private void publish() {
        RankerModel stored = store.get(RankerNames.RELEVANCE);
        if (!changed || stored == null) {
            return;
        }
        version = stored.getVersion() + 1;
        RankerModel next = RankerModel.newBuilder(stored).setVersion(version).build();
        store.put(RankerNames.RELEVANCE, next);
        context.forward(
                new Record<>(RankerNames.RELEVANCE, RankerMapper.published(next), Math.max(0, next.getTrainedAt())));
        changed = false;
    }
}
