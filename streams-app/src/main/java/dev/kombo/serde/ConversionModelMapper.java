package dev.kombo.serde;

import dev.kombo.engine.shopper.EventOutputs.ConversionExample;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.ranking.ConversionFeature;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import java.nio.ByteBuffer;
import java.util.List;

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
        return new ConversionExample(
                example.getEventTime(),
                Floats.split(example.getSignals(), count),
                example.getLabel() > 0.5f,
                example.getWeight());
    }

    /**
     * Returns the trainer's complete state.
     *
     * @param time event time of the latest example
     */
    public static RankerModel toAvro(String name, long version, BayesianLogistic model, long time) {
        return RankerModel.newBuilder()
                .setName(name)
                .setVersion(version)
                .setKind(KIND)
                .setSignals(List.of(ConversionFeature.labels()))
                .setWeights(Floats.toBuffer(model.weights()))
                .setProgress(Doubles.toBuffer(model.values()))
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

    /** Whether a record is a model over the features of this version. */
    public static boolean matches(RankerModel model) {
        return model.getKind().equals(KIND) && model.getSignals().equals(List.of(ConversionFeature.labels()));
    }

    /**
     * Restores a stored state that {@link #matches}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or not finite
     */
    public static void restore(RankerModel stored, BayesianLogistic model) {
        model.restore(Doubles.fromBuffer(stored.getProgress()));
    }

    /**
     * Returns the model of a published record that {@link #matches}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or absurd
     */
    public static ConversionModel toDomain(RankerModel model) {
        return new ConversionModel(Floats.fromBuffer(model.getWeights()), model.getVersion(), model.getAccepted());
    }
}
