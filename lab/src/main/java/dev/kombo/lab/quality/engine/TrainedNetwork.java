package dev.kombo.lab.quality.engine;

import dev.kombo.engine.shopper.RankerExample;
import dev.kombo.learning.network.NetworkBlock;
import dev.kombo.learning.network.NetworkExample;
import dev.kombo.learning.network.NetworkScorer;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.NetworkState;
import dev.kombo.learning.network.NetworkTrainer;
import dev.kombo.learning.network.SequenceRows;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/** Trains a ranker of any kind along a stream, as the service's trainer does; the service's ranking uses it. */
public final class TrainedNetwork {
    private final NetworkShape.Architecture kind;
    private final Set<Signal> hidden;
    private final NetworkTrainer trainer;
    private final NetworkState state;

    /** A network with the prior weights. */
    public TrainedNetwork(NetworkShape.Architecture kind, NetworkSettings settings, long seed) {
        this(kind, settings, Set.of(), seed);
    }

    /**
     * A network with the prior weights.
     *
     * @param hidden signals that it does not use
     */
    public TrainedNetwork(NetworkShape.Architecture kind, NetworkSettings settings, Set<Signal> hidden, long seed) {
        this.kind = kind;
        this.hidden = Set.copyOf(hidden);
        this.trainer = new NetworkTrainer(Ranker.shape(kind), settings, Signal.priorWeights(), seed);
        this.state = trainer.start();
    }

    public NetworkShape.Architecture kind() {
        return kind;
    }

    /**
     * Learns from a choice.
     *
     * @param example with sequences if the kind uses them
     */
    public void learn(RankerExample example) {
        List<NetworkExample> group = example.group();
        trainer.learnGroup(
                state,
                hidden.isEmpty() ? group : group.stream().map(this::visible).toList());
    }

    private NetworkExample visible(NetworkExample example) {
        float[] signals = example.signals().clone();
        hidden.forEach(signal -> signals[signal.ordinal()] = 0f);
        return new NetworkExample(signals, example.context(), example.sequence(), example.label(), example.weight());
    }

    /** The current ranker; its version is the number of examples. */
    public Ranker ranker() {
        return new Ranker(
                Ranker.shape(kind),
                weights(),
                state.examples(),
                state.calibration().slope(),
                state.calibration().offset());
    }

    /** Returns a copy without the weights of hidden signals, which equals inputs of 0. */
    private float[] weights() {
        float[] weights =
                NetworkTrainer.trusted(Ranker.shape(kind), state.weights(), Signal.priorWeights(), state.examples());
        NetworkShape shape = Ranker.shape(kind);
        for (Signal signal : hidden) {
            weights[shape.offset(NetworkBlock.WIDE) + signal.ordinal()] = 0f;
            if (kind.deep()) {
                int row = shape.offset(NetworkBlock.FIRST) + signal.ordinal() * shape.hidden();
                Arrays.fill(weights, row, row + shape.hidden(), 0f);
            }
        }
        return weights;
    }

    /**
     * Returns the calibrated probabilities that bundles are wanted.
     *
     * @param signals standardised, of each bundle
     * @param context {@link dev.kombo.ranking.ShopperContext}
     */
    public double[] probabilities(List<float[]> signals, float[] context) {
        Ranker ranker = ranker();
        int count = signals.size();
        float[][] rows = new float[Signal.count()][count];
        for (int c = 0; c < count; c++) {
            for (int s = 0; s < rows.length; s++) {
                rows[s][c] = signals.get(c)[s];
            }
        }
        float[] logits = new float[count];
        new NetworkScorer(ranker.shape(), count)
                .score(ranker.weights(), rows, context, SequenceRows.NONE, count, logits);
        double[] probabilities = new double[count];
        Arrays.setAll(probabilities, c -> ranker.probability(logits[c]));
        return probabilities;
    }
}
