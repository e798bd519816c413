package dev.kombo.engine.trainer;

import dev.kombo.engine.event.EventOutputs.ConversionExample;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.PredictedConversions;
import java.util.List;

/**
 * Trains the conversion model from examples, one at a time, and compares what it had predicted for each with what
 * followed. Not thread-safe; used only by the thread that owns the model.
 */
public final class ConversionTrainer {
    private final BayesianLogistic model;
    private final PredictedConversions predictions;

    /** Creates a trainer without examples. */
    public ConversionTrainer() {
        this(ConversionModel.training(), new PredictedConversions());
    }

    /** Creates a trainer that goes on with a model and its comparison; both are kept. */
    public ConversionTrainer(BayesianLogistic model, PredictedConversions predictions) {
        this.model = model;
        this.predictions = predictions;
    }

    /** The model in training. */
    public BayesianLogistic model() {
        return model;
    }

    /** What was predicted, and what followed. */
    public PredictedConversions predictions() {
        return predictions;
    }

    /** Learns from an example, and returns how many of its bundles it could learn from. */
    public int learn(ConversionExample example) {
        List<float[]> bundles = example.features();
        for (int i = 0; i < bundles.size(); i++) {
            if (!example.accepted()) {
                predictions.show(model.logOdds(bundles.get(i)));
            } else if (!example.clicked()) {
                predictions.buy(model.logOdds(bundles.get(i)));
            }
        }
        return example.train(model);
    }
}
