package dev.kombo.serde;

import dev.kombo.engine.shopper.RankerExample;
import dev.kombo.learning.network.Calibration;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkState;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import java.nio.ByteBuffer;
import java.util.Collections;
import java.util.List;

/** Maps the ranker, its trainer's state and its examples to Avro records and back. */
public final class RankerMapper {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    private RankerMapper() {}

    /** Returns an example as sent to the trainer. */
    public static TrainingExample toAvro(RankerExample example, String source, long modelVersion) {
        return TrainingExample.newBuilder()
                .setEventTime(example.time())
                .setSignals(Floats.join(example.signals()))
                .setContext(Floats.toBuffer(example.context()))
                .setSequence(Floats.join(example.sequences()))
                .setLabel(example.label())
                .setWeight(example.weight())
                .setSource(source)
                .setModelVersion(modelVersion)
                .build();
    }

    /**
     * Returns a received example, or null if it does not fit a network of the shape: another version made it, or it is
     * for another model.
     */
    public static RankerExample toDomain(TrainingExample example, NetworkShape shape) {
        int floats = Floats.length(example.getSignals());
        int size = floats / shape.signals();
        int sequence = Floats.length(example.getSequence());
        boolean sequential = shape.kind().sequential();
        if (size == 0
                || floats % shape.signals() != 0
                || (shape.kind().deep() && Floats.length(example.getContext()) != shape.context())
                || (sequential
                        && (sequence % (size * shape.stepFeatures()) != 0
                                || sequence > size * shape.steps() * shape.stepFeatures()))) {
            return null;
        }
        return new RankerExample(
                example.getEventTime(),
                Floats.split(example.getSignals(), size),
                Floats.fromBuffer(example.getContext()),
                sequential ? Floats.split(example.getSequence(), size) : Collections.nCopies(size, new float[0]),
                example.getLabel(),
                example.getWeight());
    }

    /**
     * Returns the trainer's complete state.
     *
     * @param time event time of the latest example
     */
    public static RankerModel toAvro(String name, long version, NetworkShape shape, NetworkState state, long time) {
        Calibration calibration = state.calibration();
        double error = calibration.reliability().error();
        double logLoss = calibration.logLoss();
        return RankerModel.newBuilder()
                .setName(name)
                .setVersion(version)
                .setKind(shape.kind().name())
                .setContext(shape.context())
                .setHidden(shape.hidden())
                .setSteps(shape.steps())
                .setStepFeatures(shape.stepFeatures())
                .setSignals(List.of(Signal.labels()))
                .setWeights(Floats.toBuffer(state.weights()))
                .setMoments(Floats.toBuffer(state.optimizer()))
                .setWaiting(Floats.toBuffer(state.waiting()))
                .setProgress(Doubles.toBuffer(state.progress()))
                .setCalibration(Doubles.toBuffer(calibration.values()))
                .setCalibrationSlope(calibration.slope())
                .setCalibrationOffset(calibration.offset())
                .setExamples(state.examples())
                .setLogLoss(Double.isNaN(logLoss) ? 0 : logLoss)
                .setCalibrationError(Double.isNaN(error) ? 0 : error)
                .setDropped(state.dropped())
                .setRestored(state.restored())
                .setTrainedAt(time)
                .build();
    }

    /** Returns the record without the parts that only the trainer needs, and with the weights to rank by. */
    public static RankerModel published(RankerModel stored, NetworkShape shape) {
        float[] trusted = NetworkTrainer.trusted(
                shape, Floats.fromBuffer(stored.getWeights()), Signal.priorWeights(), stored.getExamples());
        return RankerModel.newBuilder(stored)
                .setWeights(Floats.toBuffer(trusted))
                .setMoments(NOTHING)
                .setWaiting(NOTHING)
                .setProgress(NOTHING)
                .setCalibration(NOTHING)
                .build();
    }

    /** Whether a record is a network of the shape over the signals of this version. */
    public static boolean matches(RankerModel model, NetworkShape shape) {
        return model.getKind().equals(shape.kind().name())
                && model.getContext() == shape.context()
                && model.getHidden() == shape.hidden()
                && model.getSteps() == shape.steps()
                && model.getStepFeatures() == shape.stepFeatures()
                && model.getSignals().equals(List.of(Signal.labels()));
    }

    /** Returns the trainer's state from a record that {@link #matches}. */
    public static NetworkState state(RankerModel stored, NetworkShape shape, int window) {
        return new NetworkState(
                shape,
                Floats.fromBuffer(stored.getWeights()),
                Floats.fromBuffer(stored.getMoments()),
                Floats.fromBuffer(stored.getWaiting()),
                Doubles.fromBuffer(stored.getProgress()),
                new Calibration(window, Doubles.fromBuffer(stored.getCalibration())));
    }

    /**
     * Returns the ranker of a published record that {@link #matches}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or not finite
     */
    public static Ranker ranker(RankerModel model, NetworkShape shape) {
        return new Ranker(
                shape,
                Floats.fromBuffer(model.getWeights()),
                model.getVersion(),
                model.getCalibrationSlope(),
                model.getCalibrationOffset());
    }
}
