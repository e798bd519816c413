package dev.kombo.engine.trainer;

import dev.kombo.engine.event.RankerExample;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Contestant;
import dev.kombo.ranking.contest.Occasion;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the ranker; the ranker's weights, optimiser, incomplete mini-batch, calibration and contest of rankers are
 * stored together as one state.
 */
final class RelevanceTraining implements ModelTraining {
    private static final Logger LOG = LoggerFactory.getLogger(RelevanceTraining.class);

    private final Counters counters;
    private final NetworkShape shape;
    private final RankerTrainer trainer;
    private long trainedAt;

    /**
     * @param seed of the hidden layers
     */
    RelevanceTraining(TrainingSettings settings, long seed, Counters counters) {
        this.counters = counters;
        this.shape = settings.shape();
        this.trainer = new RankerTrainer(shape, settings.network(), seed);
    }

    @Override
    public String name() {
        return RankerNames.RELEVANCE;
    }

    @Override
    public boolean restore(@Nullable TrainedModel stored) {
        trainer.restore(trainer.start());
        trainedAt = 0;
        if (stored == null) {
            return false;
        }
        try {
            if (TrainedRankers.matches(stored, shape)) {
                trainer.restore(TrainedRankers.state(TrainedRankers.adapted(stored, shape), shape));
                trainedAt = stored.trainedAt();
                return true;
            }
            LOG.warn(
                    "Stored ranker of kind {} is discarded; training restarts with one of kind {}",
                    stored.form().kind(),
                    shape.kind());
        } catch (IllegalArgumentException e) {
            LOG.warn("Stored ranker is discarded; training restarts: {}", e.getMessage());
        }
        return false;
    }

    @Override
    public boolean learn(TrainingExample received) {
        RankerExample example = received.ranker(shape);
        if (example == null) {
            return false;
        }
        Contestant before = trainer.state().contest().champion(example.occasion());
        NetworkTrainer.Learned outcome = trainer.learn(example);
        announce(example.occasion(), before);
        counters.counter(KomboMetric.TRAINING_EXAMPLES, outcome.name().toLowerCase(Locale.ROOT))
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
    public TrainedModel state(long version) {
        return TrainedRankers.of(version, shape, trainer.state(), trainedAt);
    }

    @Override
    public TrainedModel published(TrainedModel state) {
        return TrainedRankers.published(state, shape);
    }
}
