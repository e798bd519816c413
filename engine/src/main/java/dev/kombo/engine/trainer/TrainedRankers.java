package dev.kombo.engine.trainer;

import dev.kombo.engine.trainer.TrainedModel.Form;
import dev.kombo.engine.trainer.TrainedModel.Measures;
import dev.kombo.engine.trainer.TrainedModel.Odds;
import dev.kombo.engine.trainer.TrainedModel.Progress;
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
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/** Writes the ranker in training as a {@link TrainedModel}, and reads it where it is stored or published. */
public final class TrainedRankers {
    /** Vectors of the optimiser, each as long as the weights: both moments, and the last good weights. */
    private static final int OPTIMIZER_VECTORS = 3;

    /** Index of the vector of the last good weights. */
    private static final int GOOD_WEIGHTS = 2;

    private TrainedRankers() {}

    /**
     * Returns the trainer's complete state.
     *
     * @param time event time of the latest example
     */
    public static TrainedModel of(long version, NetworkShape shape, RankerTrainer.State state, long time) {
        NetworkState network = state.network();
        PlattScaling calibration = network.calibration();
        double error = calibration.reliability().error();
        double logLoss = calibration.logLoss();
        return new TrainedModel(
                RankerNames.RELEVANCE,
                version,
                Form.of(shape, List.of(Signal.labels())),
                network.weights().clone(),
                TrainedModel.NO_FLOATS,
                state.contest().values(),
                calibration.values(),
                new Odds(calibration.slope(), calibration.offset(), calibration.negatives()),
                new Progress(network.optimizer(), network.waiting(), network.progress(), values(state.linear())),
                new Measures(
                        network.examples(),
                        Double.isNaN(logLoss) ? 0 : logLoss,
                        Double.isNaN(error) ? 0 : error,
                        0,
                        network.dropped(),
                        network.restored()),
                time);
    }

    private static double[] values(List<BayesianLogistic> models) {
        return models.stream()
                .flatMapToDouble(own -> Arrays.stream(own.values()))
                .toArray();
    }

    /** Returns a state without the parts that only the trainer needs, and with the weights to rank by. */
    public static TrainedModel published(TrainedModel state, NetworkShape shape) {
        List<BayesianLogistic> models = linear(state);
        int length = Signal.count() + 1;
        float[] linear = new float[models.size() * length];
        for (int m = 0; m < models.size(); m++) {
            System.arraycopy(models.get(m).weights(), 0, linear, m * length, length);
        }
        return new TrainedModel(
                state.name(),
                state.version(),
                state.form(),
                NetworkTrainer.trusted(
                        shape,
                        state.weights(),
                        Signal.priorWeights(),
                        state.measures().examples()),
                linear,
                state.contest(),
                TrainedModel.NO_DOUBLES,
                state.odds(),
                Progress.NONE,
                state.measures(),
                state.trainedAt());
    }

    /** Whether it is a network of the shape, over whichever signals; see {@link #adapted}. */
    public static boolean matches(TrainedModel model, NetworkShape shape) {
        return model.form().matches(shape);
    }

    /**
     * Returns a model that {@link #matches} over the signals of this version. Signals that it does not have get their
     * prior weights; examples of its open mini-batch are left out.
     *
     * @throws IllegalArgumentException if it has too few or too many numbers
     */
    public static TrainedModel adapted(TrainedModel model, NetworkShape shape) {
        List<String> signals = List.of(Signal.labels());
        List<String> known = model.form().signals();
        if (known.equals(signals)) {
            return model;
        }
        NetworkShape from = shape.withSignals(known.size());
        int[] places = signals.stream().mapToInt(known::indexOf).toArray();
        float[] moments = moments(model.progress().moments(), from, shape, places);
        return new TrainedModel(
                model.name(),
                model.version(),
                Form.of(shape, signals),
                shape.adapted(model.weights(), from, places, Signal.priorWeights()),
                TrainedModel.NO_FLOATS,
                TrainedModel.NO_DOUBLES,
                model.calibration(),
                model.odds(),
                new Progress(moments, TrainedModel.NO_FLOATS, model.progress().counts(), TrainedModel.NO_DOUBLES),
                model.measures(),
                model.trainedAt());
    }

    private static float[] moments(float[] optimizer, NetworkShape from, NetworkShape shape, int[] places) {
        int length = from.weights();
        if (optimizer.length == 0) {
            return optimizer;
        }
        if (optimizer.length != OPTIMIZER_VECTORS * length) {
            throw new IllegalArgumentException(
                    optimizer.length + " numbers of the optimiser for " + length + " weights");
        }
        float[] prior = Signal.priorWeights();
        float[] none = new float[prior.length];
        float[] moments = new float[OPTIMIZER_VECTORS * shape.weights()];
        for (int part = 0; part < OPTIMIZER_VECTORS; part++) {
            float[] old = Arrays.copyOfRange(optimizer, part * length, (part + 1) * length);
            float[] fitted = shape.adapted(old, from, places, part == GOOD_WEIGHTS ? prior : none);
            System.arraycopy(fitted, 0, moments, part * fitted.length, fitted.length);
        }
        return moments;
    }

    /**
     * Returns the trainer's state from one that is {@link #adapted}.
     *
     * <p>Weights of occasions that it does not have begin anew.
     */
    public static RankerTrainer.State state(TrainedModel stored, NetworkShape shape) {
        NetworkState network = new NetworkState(
                shape,
                stored.weights(),
                stored.progress().moments(),
                stored.progress().waiting(),
                stored.progress().counts(),
                new PlattScaling(NetworkTrainer.WINDOW, stored.calibration()));
        return new RankerTrainer.State(network, linear(stored), contest(stored));
    }

    private static List<BayesianLogistic> linear(TrainedModel stored) {
        List<BayesianLogistic> models = RankerTrainer.linear();
        double[] values = stored.progress().linear();
        int length = models.get(0).values().length;
        for (int m = 0; m < models.size() && values.length == models.size() * length; m++) {
            models.get(m).restore(Arrays.copyOfRange(values, m * length, (m + 1) * length));
        }
        return models;
    }

    /**
     * Returns the rankers of a published model that is {@link #adapted}.
     *
     * @throws IllegalArgumentException if its numbers are too few, too many, or not finite
     */
    public static Rankers rankers(TrainedModel published, NetworkShape shape) {
        int occasions = Occasion.count();
        List<float[]> linear = published.linear().length == occasions * (Signal.count() + 1)
                ? TrainingExample.rows(published.linear(), occasions)
                : Collections.nCopies(occasions, Signal.priorWeights());
        Odds odds = published.odds();
        Ranker network = new Ranker(
                shape, published.weights(), published.version(), odds.slope(), odds.offset(), odds.negatives());
        return contest(published).rankers(network, linear);
    }

    /** Returns the contest of a model. Where it has none, what was trained goes on ranking. */
    public static Contest contest(TrainedModel model) {
        if (model.contest().length > 0) {
            return new Contest(model.contest());
        }
        return model.measures().examples() > 0 ? Contest.afterNetwork() : new Contest();
    }
}
