package dev.kombo.topology.trainer;

import dev.kombo.engine.RankerExample;
import dev.kombo.engine.TrainingSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkState;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.ops.KomboMetric;
import dev.kombo.ranking.Signal;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.RankerMapper;
import dev.kombo.topology.common.RankerNames;
import dev.kombo.topology.global.EngineContext;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the ranker network; weights, optimiser, partial mini-batch and calibration are one record. */
final class RelevanceTraining implements ModelTraining {
    private static final Logger LOG = LoggerFactory.getLogger(RelevanceTraining.class);

    private final EngineContext engine;
    private final NetworkShape shape;
    private final NetworkTrainer trainer;
    private NetworkState state;
    private long trainedAt;

    RelevanceTraining(EngineContext engine) {
        TrainingSettings training = engine.settings().training();
        this.engine = engine;
        this.shape = training.shape();
        this.trainer = new NetworkTrainer(shape, training.network(), Signal.priorWeights(), training.seed());
    }

    @Override
    public String name() {
        return RankerNames.RELEVANCE;
    }

    @Override
    public boolean restore(RankerModel stored) {
        boolean usable = stored != null && RankerMapper.matches(stored, shape);
        state = usable ? RankerMapper.state(stored, shape, NetworkTrainer.WINDOW) : trainer.start();
        trainedAt = usable ? stored.getTrainedAt() : 0;
        if (stored != null && !usable) {
            LOG.warn(
                    "Stored ranker of kind {} is discarded; training restarts with one of kind {}",
                    stored.getKind(),
                    shape.kind());
        }
        return usable;
    }

    @Override
    public boolean learn(TrainingExample avro) {
        RankerExample example = RankerMapper.toDomain(avro, shape);
        if (example == null) {
            return false;
        }
        NetworkTrainer.Outcome outcome = trainer.learnGroup(state, example.group());
        engine.counters()
                .counter(KomboMetric.TRAINING_EXAMPLES, outcome.name().toLowerCase(Locale.ROOT))
                .add(example.size());
        if (outcome == NetworkTrainer.Outcome.RESTORED) {
            LOG.warn("The ranker diverged; its last good weights were restored, loss was {}", state.loss());
        }
        trainedAt = example.time();
        return true;
    }

    @Override
    public RankerModel state(long version) {
        return RankerMapper.toAvro(name(), version, shape, state, trainedAt);
    }

    @Override
    public RankerModel published(RankerModel stored) {
        return RankerMapper.published(stored, shape);
    }
}
