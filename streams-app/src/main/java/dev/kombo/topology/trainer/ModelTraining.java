package dev.kombo.topology.trainer;

import dev.kombo.engine.shopper.ConversionTrainer;
import dev.kombo.engine.shopper.EventOutputs.ConversionExample;
import dev.kombo.engine.shopper.RankerExample;
import dev.kombo.engine.shopper.RankerTrainer;
import dev.kombo.engine.shopper.TrainingSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.ConversionModelMapper;
import dev.kombo.serde.RankerMapper;
import dev.kombo.topology.common.RankerNames;
import dev.kombo.topology.global.EngineContext;
import java.util.Locale;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One of the models that the trainer task trains. Its state is kept decoded: the trainer is its only writer. */
public interface ModelTraining {
    /** Key of the model's record and of its examples. */
    String name();

    /**
     * Resumes from a stored state.
     *
     * @param stored null if there is none
     * @return whether it could resume; if not, training restarts from scratch
     */
    boolean restore(RankerModel stored);

    /**
     * Learns from an example; deterministic for a given state and sequence of examples.
     *
     * @return false if the example is not for this version: nothing was learned
     */
    boolean learn(TrainingExample example);

    /** The complete state, to be stored. */
    RankerModel state(long version);

    /** The part of a stored state that is published. */
    RankerModel published(RankerModel stored);

    /** Trains the conversion model; its parameters, the evidence behind them and what it predicted are one record. */
    final class ConversionTraining implements ModelTraining {
        private static final Logger LOG = LoggerFactory.getLogger(ConversionTraining.class);

        private final EngineContext engine;
        private ConversionTrainer trainer;
        private long trainedAt;

        public ConversionTraining(EngineContext engine) {
            this.engine = engine;
        }

        @Override
        public String name() {
            return RankerNames.CONVERSION;
        }

        @Override
        public boolean restore(RankerModel stored) {
            trainer = new ConversionTrainer();
            trainedAt = 0;
            if (stored == null) {
                return false;
            }
            try {
                if (ConversionModelMapper.matches(stored)) {
                    trainer = ConversionModelMapper.trainer(stored);
                    trainedAt = stored.getTrainedAt();
                    return true;
                }
                LOG.warn(
                        "Stored conversion model with signals {} is discarded; training restarts", stored.getSignals());
            } catch (IllegalArgumentException e) {
                LOG.warn("Stored conversion model is discarded; training restarts: {}", e.getMessage());
            }
            return false;
        }

        @Override
        public boolean learn(TrainingExample avro) {
            ConversionExample example = ConversionModelMapper.toDomain(avro);
            if (example == null) {
                return false;
            }
            int learned = trainer.learn(example);
            engine.counters()
                    .counter(KomboMetric.CONVERSION_EXAMPLES, "learned")
                    .add(learned);
            engine.counters()
                    .counter(KomboMetric.CONVERSION_EXAMPLES, "dropped")
                    .add(example.features().size() - learned);
            trainedAt = example.time();
            return true;
        }

        @Override
        public RankerModel state(long version) {
            return ConversionModelMapper.toAvro(name(), version, trainer, trainedAt);
        }

        @Override
        public RankerModel published(RankerModel stored) {
            return ConversionModelMapper.published(stored);
        }
    }

    /** Trains the ranker network; weights, optimiser, partial mini-batch and calibration are one record. */
    final class RelevanceTraining implements ModelTraining {
        private static final Logger LOG = LoggerFactory.getLogger(RelevanceTraining.class);

        private final EngineContext engine;
        private final NetworkShape shape;
        private final RankerTrainer trainer;
        private long trainedAt;

        RelevanceTraining(EngineContext engine) {
            TrainingSettings training = engine.settings().training();
            this.engine = engine;
            this.shape = training.shape();
            this.trainer = new RankerTrainer(
                    shape, training.network(), engine.settings().factors().seed());
        }

        @Override
        public String name() {
            return RankerNames.RELEVANCE;
        }

        @Override
        public boolean restore(RankerModel stored) {
            trainer.restore(trainer.start());
            trainedAt = 0;
            if (stored == null) {
                return false;
            }
            try {
                if (RankerMapper.matches(stored, shape)) {
                    trainer.restore(RankerMapper.state(RankerMapper.adapted(stored, shape), shape));
                    trainedAt = stored.getTrainedAt();
                    return true;
                }
                LOG.warn(
                        "Stored ranker of kind {} is discarded; training restarts with one of kind {}",
                        stored.getKind(),
                        shape.kind());
            } catch (IllegalArgumentException e) {
                LOG.warn("Stored ranker is discarded; training restarts: {}", e.getMessage());
            }
            return false;
        }

        @Override
        public boolean learn(TrainingExample avro) {
            RankerExample example = RankerMapper.toDomain(avro, shape);
            if (example == null) {
                return false;
            }
            Contestant before = trainer.state().contest().champion(example.occasion());
            NetworkTrainer.Learned outcome = trainer.learn(example);
            announce(example.occasion(), before);
            engine.counters()
                    .counter(KomboMetric.TRAINING_EXAMPLES, outcome.name().toLowerCase(Locale.ROOT))
                    .add(example.size());
            if (outcome == NetworkTrainer.Learned.RESTORED) {
                LOG.warn(
                        "The ranker diverged; its last good weights were restored, loss was {}",
                        trainer.state().network().loss());
            }
            trainedAt = example.time();
            return true;
        }

        /** Says it where another ranker ranks on an occasion from now on. */
        private void announce(Occasion occasion, Contestant before) {
            Contest contest = trainer.state().contest();
            Contestant now = contest.champion(occasion);
            if (now != before) {
                LOG.info(
                        "On the occasion {}, the ranker {} takes over from {}: mean gain {} against {}, after {}"
                                + " choices",
                        occasion.label(),
                        now.label(),
                        before.label(),
                        (float) contest.gain(occasion, now),
                        (float) contest.gain(occasion, before),
                        contest.choices(occasion));
            }
        }

        @Override
        public RankerModel state(long version) {
            return RankerMapper.toAvro(name(), version, shape, trainer.state(), trainedAt);
        }

        @Override
        public RankerModel published(RankerModel stored) {
            return RankerMapper.published(stored, shape);
        }
    }
}
