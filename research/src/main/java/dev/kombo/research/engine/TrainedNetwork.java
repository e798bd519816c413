package dev.kombo.research.engine;

import dev.kombo.engine.event.RankerExample;
import dev.kombo.engine.trainer.RankerTrainer;
import dev.kombo.learning.network.NetworkScorer;
import dev.kombo.learning.network.NetworkSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.learning.network.SequenceRows;
import dev.kombo.profile.Behavior;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Rankers;
import java.util.Arrays;
import java.util.List;

/** Trains a ranker from choices, one by one, as the service's trainer does; linear or a neural network. */
public final class TrainedNetwork {
    private final NetworkShape.Architecture kind;
    private final boolean contest;
    private final RankerTrainer trainer;

    /**
     * A network with the prior weights.
     *
     * @param contest whether a simpler ranker ranks where it is ahead
     */
    public TrainedNetwork(NetworkShape.Architecture kind, NetworkSettings settings, boolean contest, long seed) {
        this.kind = kind;
        this.contest = contest;
        this.trainer = new RankerTrainer(Ranker.shape(kind), settings, seed);
    }

    public NetworkShape.Architecture kind() {
        return kind;
    }

    /** Whether it takes part in a contest, which needs the ranks of what was chosen. */
    public boolean contest() {
        return contest;
    }

    /**
     * Learns from a choice.
     *
     * @param example with sequences if the kind uses them
     */
    public void learn(RankerExample example) {
        trainer.learn(example);
    }

    /** The current rankers; their version is the number of examples. */
    public Rankers rankers() {
        return trainer.rankers(trainer.state().network().examples());
    }

    /** The current ranker for a shopper. */
    public Ranker ranker(Behavior behavior) {
        Rankers rankers = rankers();
        return contest ? rankers.of(behavior) : rankers.network();
    }

    /**
     * Returns the calibrated probabilities that bundles are wanted.
     *
     * @param signals standardised, of each bundle
     * @param context {@link dev.kombo.ranking.ShopperContext}
     */
    public double[] probabilities(List<float[]> signals, float[] context) {
        Ranker ranker = rankers().network();
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
