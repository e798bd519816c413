package dev.kombo.serde;

import dev.kombo.engine.shopper.RankerExample;
import dev.kombo.engine.shopper.RankerTrainer;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkState;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.learning.network.PlattScaling;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Contest;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.schema.RankerModel;
import dev.kombo.schema.TrainingExample;
import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Maps the ranker, its trainer's state and its examples to Avro records and back. */
public final class RankerMapper {
    private static final ByteBuffer NOTHING = ByteBuffer.allocate(0).asReadOnlyBuffer();

    /** Vectors of the optimiser, each as long as the weights: both moments, and the last good weights. */
    private static final int OPTIMIZER_VECTORS = 3;

    /** Index of the vector of the last good weights. */
    private static final int GOOD_WEIGHTS = 2;

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
                .setOccasion(example.occasion().ordinal())
                .setOffsets(Floats.toBuffer(example.offsets()))
                .setRanks(ByteBuffer.wrap(example.ranks()))
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
        int offsets = Floats.length(example.getOffsets());
        boolean sequential = shape.kind().sequential();
        if (size == 0
                || (offsets != 0 && offsets != size)
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
                example.getWeight(),
                Occasion.of(example.getOccasion()),
                Floats.fromBuffer(example.getOffsets()),
                bytes(example.getRanks()));
    }

    private static byte[] bytes(ByteBuffer buffer) {
        byte[] bytes = new byte[buffer.remaining()];
        buffer.duplicate().get(bytes);
        return bytes;
    }

    /**
     * Returns the trainer's complete state.
     *
     * @param time event time of the latest example
     */
    public static RankerModel toAvro(
            String name, long version, NetworkShape shape, RankerTrainer.State state, long time) {
        RankerModel model = toAvro(name, version, shape, state.network(), time);
        model.setContest(Doubles.toBuffer(state.contest().values()));
        model.setLinear(Doubles.toBuffer(state.linear().stream()
                .flatMapToDouble(own -> Arrays.stream(own.values()))
                .toArray()));
        return model;
    }

    private static RankerModel toAvro(String name, long version, NetworkShape shape, NetworkState state, long time) {
        PlattScaling calibration = state.calibration();
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
                .setCalibrationNegatives(calibration.negatives())
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
                .setLinear(Floats.join(
                        linear(stored).stream().map(BayesianLogistic::weights).toList()))
                .setWeights(Floats.toBuffer(trusted))
                .setMoments(NOTHING)
                .setWaiting(NOTHING)
                .setProgress(NOTHING)
                .setCalibration(NOTHING)
                .build();
    }

    /** Whether a record is a network of the shape, over whichever signals; see {@link #adapted}. */
    public static boolean matches(RankerModel model, NetworkShape shape) {
        return model.getKind().equals(shape.kind().name())
                && model.getContext() == shape.context()
                && model.getHidden() == shape.hidden()
                && model.getSteps() == shape.steps()
                && model.getStepFeatures() == shape.stepFeatures();
    }

    /**
     * Returns a record that {@link #matches} over the signals of this version. Signals that it does not have get their
     * prior weights; examples of its open mini-batch are left out.
     *
     * @throws IllegalArgumentException if it has too few or too many numbers
     */
    public static RankerModel adapted(RankerModel model, NetworkShape shape) {
        List<String> signals = List.of(Signal.labels());
        if (model.getSignals().equals(signals)) {
            return model;
        }
        NetworkShape from = shape.withSignals(model.getSignals().size());
        int[] places = signals.stream().mapToInt(model.getSignals()::indexOf).toArray();
        float[] prior = Signal.priorWeights();
        float[] none = new float[prior.length];
        float[] optimizer = Floats.fromBuffer(model.getMoments());
        int length = from.weights();
        if (optimizer.length != 0 && optimizer.length != OPTIMIZER_VECTORS * length) {
            throw new IllegalArgumentException(
                    optimizer.length + " numbers of the optimiser for " + length + " weights");
        }
        float[] moments = new float[optimizer.length == 0 ? 0 : OPTIMIZER_VECTORS * shape.weights()];
        for (int part = 0; part < OPTIMIZER_VECTORS && optimizer.length > 0; part++) {
            float[] old = Arrays.copyOfRange(optimizer, part * length, (part + 1) * length);
            float[] fitted = shape.adapted(old, from, places, part == GOOD_WEIGHTS ? prior : none);
            System.arraycopy(fitted, 0, moments, part * fitted.length, fitted.length);
        }
        return RankerModel.newBuilder(model)
                .setLinear(NOTHING)
                .setContest(NOTHING)
                .setSignals(signals)
                .setWeights(Floats.toBuffer(shape.adapted(Floats.fromBuffer(model.getWeights()), from, places, prior)))
                .setMoments(Floats.toBuffer(moments))
                .setWaiting(NOTHING)
                .build();
    }

    /**
     * Returns the trainer's state from a record that is {@link #adapted}.
     *
     * <p>Weights of occasions that it does not have begin anew.
     */
    public static RankerTrainer.State state(RankerModel stored, NetworkShape shape) {
        NetworkState network = new NetworkState(
                shape,
                Floats.fromBuffer(stored.getWeights()),
                Floats.fromBuffer(stored.getMoments()),
                Floats.fromBuffer(stored.getWaiting()),
                Doubles.fromBuffer(stored.getProgress()),
                new PlattScaling(NetworkTrainer.WINDOW, Doubles.fromBuffer(stored.getCalibration())));
        return new RankerTrainer.State(network, linear(stored), contest(stored));
    }

    private static List<BayesianLogistic> linear(RankerModel stored) {
        List<BayesianLogistic> models = RankerTrainer.linear();
        double[] values = Doubles.fromBuffer(stored.getLinear());
        int length = models.get(0).values().length;
        for (int m = 0; m < models.size() && values.length == models.size() * length; m++) {
            models.get(m).restore(Arrays.copyOfRange(values, m * length, (m + 1) * length));
        }
        return models;
    }

    /**
     * Returns the rankers of a published record that is {@link #adapted}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or not finite
     */
    public static Rankers rankers(RankerModel model, NetworkShape shape) {
        int weights = Occasion.count() * (Signal.count() + 1);
        List<float[]> linear = model.getLinear().remaining() == weights * Float.BYTES
                ? Floats.split(model.getLinear(), Occasion.count())
                : Collections.nCopies(Occasion.count(), Signal.priorWeights());
        return contest(model)
                .rankers(
                        new Ranker(
                                shape,
                                Floats.fromBuffer(model.getWeights()),
                                model.getVersion(),
                                model.getCalibrationSlope(),
                                model.getCalibrationOffset(),
                                model.getCalibrationNegatives()),
                        linear);
    }

    /** Returns the contest of a record. Where it has none, what was trained goes on ranking. */
    public static Contest contest(RankerModel model) {
        if (model.getContest().hasRemaining()) {
            return new Contest(Doubles.fromBuffer(model.getContest()));
        }
        return model.getExamples() > 0 ? Contest.afterNetwork() : new Contest();
    }
}
