package dev.kombo.engine.trainer;

import dev.kombo.engine.trainer.TrainedModel.Form;
import dev.kombo.engine.trainer.TrainedModel.Measures;
import dev.kombo.engine.trainer.TrainedModel.Odds;
import dev.kombo.engine.trainer.TrainedModel.Progress;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.PredictedConversions;
import dev.kombo.settings.Range;
import java.util.List;

/** Writes the conversion model in training as a {@link TrainedModel}, and reads it where it is stored or published. */
public final class TrainedConversions {
    private static final String KIND = "ACCEPTANCE";

    private TrainedConversions() {}

    /**
     * Returns the trainer's complete state.
     *
     * @param time event time of the latest example
     */
    public static TrainedModel of(long version, ConversionTrainer trainer, long time) {
        BayesianLogistic model = trainer.model();
        return new TrainedModel(
                RankerNames.CONVERSION,
                version,
                new Form(KIND, 0, 0, 0, 0, List.of(ConversionFeature.labels())),
                model.weights(),
                TrainedModel.NO_FLOATS,
                TrainedModel.NO_DOUBLES,
                trainer.predictions().values(),
                Odds.NONE,
                new Progress(TrainedModel.NO_FLOATS, TrainedModel.NO_FLOATS, model.values(), TrainedModel.NO_DOUBLES),
                new Measures(Math.round(model.shown()), 0, 0, model.accepted(), 0, 0),
                time);
    }

    /** Returns a state without the parts that only the trainer needs. */
    public static TrainedModel published(TrainedModel state) {
        return new TrainedModel(
                state.name(),
                state.version(),
                state.form(),
                state.weights(),
                state.linear(),
                state.contest(),
                state.calibration(),
                state.odds(),
                Progress.NONE,
                state.measures(),
                state.trainedAt());
    }

    /** Whether it is a model over features of this version; those that it lacks have their priors. */
    public static boolean matches(TrainedModel model) {
        return model.form().kind().equals(KIND)
                && List.of(ConversionFeature.labels()).containsAll(model.form().signals());
    }

    /** The place of each feature among those of a model, or -1. */
    private static int[] places(TrainedModel model) {
        String[] features = ConversionFeature.labels();
        int[] places = new int[features.length];
        for (int f = 0; f < features.length; f++) {
            places[f] = model.form().signals().indexOf(features[f]);
        }
        return places;
    }

    /**
     * Returns the trainer of a stored state that {@link #matches}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or not finite
     */
    public static ConversionTrainer trainer(TrainedModel stored) {
        BayesianLogistic model = ConversionModel.training();
        model.restore(stored.progress().counts(), stored.form().signals().size(), places(stored));
        return new ConversionTrainer(model, predictions(stored));
    }

    /** What a stored or published model had predicted, and what followed; without examples where it was not kept. */
    public static PredictedConversions predictions(TrainedModel model) {
        return new PredictedConversions(model.calibration());
    }

    /**
     * Returns the model to value bundles by, of a published one that {@link #matches}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or absurd
     */
    public static ConversionModel model(TrainedModel published) {
        float[] stored = published.weights();
        int features = published.form().signals().size();
        Range.require("weights.length", stored.length, features, features);
        int[] places = places(published);
        float[] weights = ConversionModel.prior().weights().clone();
        for (int f = 0; f < weights.length; f++) {
            weights[f] = places[f] < 0 ? weights[f] : stored[places[f]];
        }
        return new ConversionModel(
                weights, published.version(), published.measures().accepted());
    }
}
