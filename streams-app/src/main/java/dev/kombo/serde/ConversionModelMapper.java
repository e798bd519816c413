package dev.kombo.serde;

import dev.kombo.engine.shopper.ConversionTrainer;
import dev.kombo.engine.shopper.EventOutputs.ConversionExample;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.PredictedConversions;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import dev.kombo.settings.Range;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.stream.Stream;

/** Maps the conversion model, its trainer's state and its examples to Avro records and back. */
public final class ConversionModelMapper {
    private static final String KIND = "ACCEPTANCE";
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private ConversionModelMapper() {}

    /** Returns an example as sent to the trainer. */
    public static TrainingExample toAvro(ConversionExample example, String source) {
        return TrainingExample.newBuilder()
                .setEventTime(example.time())
                .setSignals(Floats.join(example.features()))
                .setLabel(example.accepted() ? 1f : 0f)
                .setWeight(example.weight())
                .setSource(source)
                .setModelVersion(0)
                .build();
    }

    /** Returns a received example, or null if it does not fit the features of this version. */
    public static ConversionExample toDomain(TrainingExample example) {
        int floats = Floats.length(example.getSignals());
        int count = floats / ConversionFeature.count();
        if (count == 0 || floats % ConversionFeature.count() != 0) {
            return null;
        }
        List<float[]> features = Floats.split(example.getSignals(), count);
        // Bundles of another version may together have as many features.
        boolean aligned = features.stream().allMatch(bundle -> bundle[ConversionFeature.INTERCEPT.ordinal()] == 1);
        return aligned
                ? new ConversionExample(
                        example.getEventTime(), features, example.getLabel() > 0.5f, example.getWeight())
                : null;
    }

    /**
     * Returns the trainer's complete state.
     *
     * @param time event time of the latest example
     */
    public static RankerModel toAvro(String name, long version, ConversionTrainer trainer, long time) {
        BayesianLogistic model = trainer.model();
        return RankerModel.newBuilder()
                .setName(name)
                .setVersion(version)
                .setKind(KIND)
                .setSignals(List.of(ConversionFeature.labels()))
                .setWeights(Floats.toBuffer(model.weights()))
                .setProgress(Doubles.toBuffer(model.values()))
                .setCalibration(Doubles.toBuffer(trainer.predictions().values()))
                .setExamples(Math.round(model.shown()))
                .setAccepted(model.accepted())
                .setLogLoss(0)
                .setTrainedAt(time)
                .build();
    }

    /** Returns the record without the parts that only the trainer needs. */
    public static RankerModel published(RankerModel stored) {
        return RankerModel.newBuilder(stored).setProgress(NOTHING).build();
    }

    /** Whether a record is a model over features of this version; those that it lacks have their priors. */
    public static boolean matches(RankerModel model) {
        return model.getKind().equals(KIND)
                && List.of(ConversionFeature.labels()).containsAll(model.getSignals());
    }

    /** The place of each feature among those of a model, or -1. */
    private static int[] places(RankerModel model) {
        return Stream.of(ConversionFeature.labels())
                .mapToInt(model.getSignals()::indexOf)
                .toArray();
    }

    /**
     * Returns the trainer of a stored state that {@link #matches}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or not finite
     */
    public static ConversionTrainer trainer(RankerModel stored) {
        BayesianLogistic model = ConversionModel.training();
        model.restore(
                Doubles.fromBuffer(stored.getProgress()), stored.getSignals().size(), places(stored));
        return new ConversionTrainer(model, predictions(stored));
    }

    /** What a stored or published model had predicted, and what followed; without examples where it was not kept. */
    public static PredictedConversions predictions(RankerModel model) {
        return new PredictedConversions(Doubles.fromBuffer(model.getCalibration()));
    }

    /**
     * Returns the model of a published record that {@link #matches}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or absurd
     */
    public static ConversionModel toDomain(RankerModel model) {
        float[] stored = Floats.fromBuffer(model.getWeights());
        Range.require(
                "weights.length",
                stored.length,
                model.getSignals().size(),
                model.getSignals().size());
        int[] places = places(model);
        float[] weights = ConversionModel.prior().weights().clone();
        for (int f = 0; f < weights.length; f++) {
            weights[f] = places[f] < 0 ? weights[f] : stored[places[f]];
        }
        return new ConversionModel(weights, model.getVersion(), model.getAccepted());
    }
}
