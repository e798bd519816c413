package dev.kombo.engine.trainer;

import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.metric.Counters;
import dev.kombo.metric.KomboMetric;
import java.util.concurrent.atomic.LongAdder;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Trains the conversion model; the model's parameters, the evidence behind them and its past predictions are stored
 * together as one state.
 */
final class ConversionTraining implements ModelTraining {
    private static final Logger LOG = LoggerFactory.getLogger(ConversionTraining.class);

    private final LongAdder learned;
    private final LongAdder dropped;
    private ConversionTrainer trainer = new ConversionTrainer();
    private long trainedAt;

    ConversionTraining(Counters counters) {
        this.learned = counters.counter(KomboMetric.CONVERSION_EXAMPLES, "learned");
        this.dropped = counters.counter(KomboMetric.CONVERSION_EXAMPLES, "dropped");
    }

    @Override
    public String name() {
        return RankerNames.CONVERSION;
    }

    @Override
    public boolean restore(@Nullable TrainedModel stored) {
        trainer = new ConversionTrainer();
        trainedAt = 0;
        if (stored == null) {
            return false;
        }
        try {
            if (TrainedConversions.matches(stored)) {
                trainer = TrainedConversions.trainer(stored);
                trainedAt = stored.trainedAt();
                return true;
            }
            LOG.warn(
                    "Stored conversion model with signals {} is discarded; training restarts",
                    stored.form().signals());
        } catch (IllegalArgumentException e) {
            LOG.warn("Stored conversion model is discarded; training restarts: {}", e.getMessage());
        }
        return false;
    }

    @Override
    public boolean learn(TrainingExample received) {
        ConversionExample example = received.conversion();
        if (example == null) {
            return false;
        }
        int usable = trainer.learn(example);
        learned.add(usable);
        dropped.add(example.features().size() - (long) usable);
        trainedAt = example.time();
        return true;
    }

    @Override
    public TrainedModel state(long version) {
        return TrainedConversions.of(version, trainer, trainedAt);
    }

    @Override
    public TrainedModel published(TrainedModel state) {
        return TrainedConversions.published(state);
    }
}
