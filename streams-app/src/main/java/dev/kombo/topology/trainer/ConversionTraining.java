package dev.kombo.topology.trainer;

import dev.kombo.engine.ConversionExample;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ops.KomboMetric;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.serde.ConversionModelMapper;
import dev.kombo.topology.common.RankerNames;
import dev.kombo.topology.global.EngineContext;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Trains the conversion model; its parameters and the evidence behind them are one record. */
public final class ConversionTraining implements ModelTraining {
    private static final Logger LOG = LoggerFactory.getLogger(ConversionTraining.class);

    private final EngineContext engine;
    private BayesianLogistic model;
    private long trainedAt;

    public ConversionTraining(EngineContext engine) {
        this.engine = engine;
    }

    @Override
    public String name() {
        return RankerNames.ACCEPTANCE;
    }

    @Override
    public boolean restore(RankerModel stored) {
        model = engine.settings().conversionModel().start();
        trainedAt = 0;
        if (stored == null) {
            return false;
        }
        try {
            if (ConversionModelMapper.matches(stored)) {
                ConversionModelMapper.restore(stored, model);
                trainedAt = stored.getTrainedAt();
                return true;
            }
            LOG.warn("Stored conversion model with signals {} is discarded; training restarts", stored.getSignals());
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
        long learned = 0;
        for (float[] features : example.features()) {
            boolean usable = example.accepted()
                    ? model.accept(features, example.weight())
                    : model.show(features, example.weight());
            learned += usable ? 1 : 0;
        }
        engine.counters().counter(KomboMetric.ACCEPTANCE_EXAMPLES, "learned").add(learned);
        engine.counters()
                .counter(KomboMetric.ACCEPTANCE_EXAMPLES, "dropped")
                .add(example.features().size() - learned);
        trainedAt = example.time();
        return true;
    }

    @Override
    public RankerModel state(long version) {
        return ConversionModelMapper.toAvro(name(), version, model, trainedAt);
    }

    @Override
    public RankerModel published(RankerModel stored) {
        return ConversionModelMapper.published(stored);
    }
}
