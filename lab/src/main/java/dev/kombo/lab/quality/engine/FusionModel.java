package dev.kombo.lab.quality.engine;

import dev.kombo.learning.NetworkExample;
import dev.kombo.learning.NetworkScorer;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.learning.NetworkShape;
import dev.kombo.learning.NetworkState;
import dev.kombo.learning.NetworkTrainer;
import dev.kombo.learning.SequenceRows;
import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.List;

/**
 * A ranker that is trained along a stream, with or without one of the signals: the production trainer and scorer over
 * the production signals. A signal left out is 0 for training and scoring alike.
 */
public final class FusionModel {
    private static final float[] NONE = {};

    private final Signal without;
    private final NetworkTrainer trainer;
    private final NetworkState state;
    private final NetworkScorer scorer;
    private final float[] zeros;
    private final float[][] masked = new float[Signal.count()][];

    /**
     * A model that knows the prior weights.
     *
     * @param without the signal left out, or null
     * @param candidates most candidates scored at a time
     */
    public FusionModel(NetworkShape shape, NetworkSettings settings, Signal without, int candidates, long seed) {
        this.without = without;
        float[] prior = Signal.priorWeights();
        if (without != null) {
            prior[without.ordinal()] = 0f;
        }
        this.trainer = new NetworkTrainer(shape, settings, prior, seed);
        this.state = trainer.start();
        this.scorer = new NetworkScorer(shape, candidates);
        this.zeros = new float[candidates];
    }

    /**
     * Learns which of the candidates was chosen.
     *
     * @param rows standardised signals, one row a signal
     * @param chosen the candidate that was chosen
     * @param others candidates that were not
     */
    public void learn(float[][] rows, int chosen, int[] others) {
        List<NetworkExample> group = new ArrayList<>(others.length + 1);
        group.add(example(rows, chosen, 1f));
        for (int other : others) {
            group.add(example(rows, other, 0f));
        }
        trainer.learnGroup(state, group);
    }

    private NetworkExample example(float[][] rows, int candidate, float label) {
        float[] signals = new float[Signal.count()];
        for (int s = 0; s < signals.length; s++) {
            signals[s] = without != null && without.ordinal() == s ? 0f : rows[s][candidate];
        }
        return new NetworkExample(signals, NONE, NONE, label, 1f);
    }

    /** Logits of the candidates. */
    public void score(float[][] rows, int count, float[] logits) {
        for (int s = 0; s < masked.length; s++) {
            masked[s] = without != null && without.ordinal() == s ? zeros : rows[s];
        }
        scorer.score(state.weights(), masked, NONE, SequenceRows.NONE, count, logits);
    }

    /** Its trained state. */
    public NetworkState state() {
        return state;
    }
}
