package dev.kombo.lab.quality.engine;

import dev.kombo.engine.RankerExample;
import dev.kombo.learning.NetworkKind;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.learning.NetworkState;
import dev.kombo.learning.NetworkTrainer;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;

/** A ranker of any kind that is trained along a stream, as the service's trainer does; the service's ranking uses it. */
public final class TrainedNetwork {
    private final NetworkKind kind;
    private final NetworkTrainer trainer;
    private final NetworkState state;

    /** A network that knows the prior weights. */
    public TrainedNetwork(NetworkKind kind, NetworkSettings settings, long seed) {
        this.kind = kind;
        this.trainer = new NetworkTrainer(Ranker.shape(kind), settings, Signal.priorWeights(), seed);
        this.state = trainer.start();
    }

    /**
     * Learns from a choice.
     *
     * @param example with sequences if the kind looks at them
     */
    public void learn(RankerExample example) {
        trainer.learnGroup(state, example.group());
    }

    /** The ranker as it is now; its version is the number of examples. */
    public Ranker ranker() {
        return new Ranker(
                Ranker.shape(kind),
                state.weights().clone(),
                state.examples(),
                state.calibration().slope(),
                state.calibration().offset());
    }
}
