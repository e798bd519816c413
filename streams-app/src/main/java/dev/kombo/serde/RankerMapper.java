package dev.kombo.serde;

import dev.kombo.engine.trainer.TrainedModel;
import dev.kombo.engine.trainer.TrainedModel.Form;
import dev.kombo.engine.trainer.TrainedModel.Measures;
import dev.kombo.engine.trainer.TrainedModel.Odds;
import dev.kombo.engine.trainer.TrainedModel.Progress;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import java.nio.ByteBuffer;

/** Maps trained models to Avro records and back, and reads what version 0.2.0 sent or stored. */
public final class RankerMapper {
    private static final float[] NO_FLOATS = {};
    private static final double[] NO_DOUBLES = {};

    private RankerMapper() {}

    /** Returns an example that version 0.2.0 sent or stored. */
    public static dev.kombo.engine.trainer.TrainingExample toDomain(TrainingExample example) {
        return new dev.kombo.engine.trainer.TrainingExample(
                example.getEventTime(),
                Floats.fromBuffer(example.getSignals()),
                Floats.fromBuffer(example.getContext()),
                Floats.fromBuffer(example.getSequence()),
                example.getLabel(),
                example.getWeight(),
                example.getOccasion(),
                Floats.fromBuffer(example.getOffsets()),
                bytes(example.getRanks()),
                example.getSource(),
                example.getModelVersion());
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /** Returns a model, to be published: without what only the trainer needs. */
    public static RankerModel toAvro(TrainedModel model) {
        Form form = model.form();
        Odds odds = model.odds();
        Measures measures = model.measures();
        return RankerModel.newBuilder()
                .setName(model.name())
                .setVersion(model.version())
                .setKind(form.kind())
                .setContext(form.context())
                .setHidden(form.hidden())
                .setSteps(form.steps())
                .setStepFeatures(form.stepFeatures())
                .setSignals(form.signals())
                .setWeights(Floats.toBuffer(model.weights()))
                .setCalibration(Doubles.toBuffer(model.calibration()))
                .setCalibrationSlope(odds.slope())
                .setCalibrationOffset(odds.offset())
                .setCalibrationNegatives(odds.negatives())
                .setExamples(measures.examples())
                .setLogLoss(measures.logLoss())
                .setCalibrationError(measures.calibrationError())
                .setAccepted(measures.accepted())
                .setDropped(measures.dropped())
                .setRestored(measures.restored())
                .setContest(Doubles.toBuffer(model.contest()))
                .setLinear(Floats.toBuffer(model.linear()))
                .setTrainedAt(model.trainedAt())
                .build();
    }

    /**
     * Returns a model that the trainer of version 0.2.0 has stored, or that of a build after it, for which one field
     * had the state of the regressions where it has their weights in published models.
     *
     * @throws IllegalArgumentException if a field does not have a whole number of numbers
     */
    public static TrainedModel stored(RankerModel model) {
        return toDomain(model, NO_FLOATS, Doubles.fromBuffer(model.getLinear()));
    }

    /**
     * Returns a published model.
     *
     * @throws IllegalArgumentException if a field does not have a whole number of numbers
     */
    public static TrainedModel published(RankerModel model) {
        return toDomain(model, Floats.fromBuffer(model.getLinear()), NO_DOUBLES);
    }

    private static TrainedModel toDomain(RankerModel model, float[] linear, double[] regressions) {
        return new TrainedModel(
                model.getName(),
                model.getVersion(),
                new Form(
                        model.getKind(),
                        model.getContext(),
                        model.getHidden(),
                        model.getSteps(),
                        model.getStepFeatures(),
                        model.getSignals()),
                Floats.fromBuffer(model.getWeights()),
                linear,
                Doubles.fromBuffer(model.getContest()),
                Doubles.fromBuffer(model.getCalibration()),
                new Odds(model.getCalibrationSlope(), model.getCalibrationOffset(), model.getCalibrationNegatives()),
                new Progress(
                        Floats.fromBuffer(model.getMoments()),
                        Floats.fromBuffer(model.getWaiting()),
                        Doubles.fromBuffer(model.getProgress()),
                        regressions),
                new Measures(
                        model.getExamples(),
                        model.getLogLoss(),
                        model.getCalibrationError(),
                        model.getAccepted(),
                        model.getDropped(),
                        model.getRestored()),
                model.getTrainedAt());
    }
}
