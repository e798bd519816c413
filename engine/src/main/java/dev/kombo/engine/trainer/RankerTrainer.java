package dev.kombo.engine.trainer;

import dev.kombo.engine.event.RankerExample;
import dev.kombo.learning.BayesianLogistic;
import dev.kombo.learning.network.NetworkExample;
import dev.kombo.learning.network.NetworkSettings;
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
import java.util.List;
import java.util.stream.Stream;

/**
 * Trains what ranks bundles: a network on all choices of shoppers, weights of the signals on the choices of each {@link
 * Occasion}, and the {@link Contest} that decides between these and rules of thumb. The occasions have weights of their
 * own, because what fills a basket differs from what begins one. Their regression is Bayesian, so that a few hundred
 * choices count for what they are worth. Deterministic for a given state and sequence of examples. Not thread-safe.
 */
public final class RankerTrainer {
    /** Prior standard deviation of the weight of a signal, and of the intercept. */
    private static final double WEIGHT_DEVIATION = 0.5;

    private static final double INTERCEPT_DEVIATION = 3;

    /** Examples after which the effect of one on the weights has faded to 1 / e. */
    private static final double MEMORY = 200_000;

    /** Size of standardised signals. */
    private static final float LARGEST_INPUT = 15f;

    private final NetworkTrainer trainer;
    private final NetworkShape shape;
    private State state;

    /**
     * What training has led to.
     *
     * @param network state of the network
     * @param linear weights of the signals, by the ordinal of the occasion
     */
    public record State(NetworkState network, List<BayesianLogistic> linear, Contest contest) {}

    /**
     * Creates a trainer without examples.
     *
     * @param seed of the hidden layers
     */
    public RankerTrainer(NetworkShape shape, NetworkSettings settings, long seed) {
        this.shape = shape;
        trainer = new NetworkTrainer(shape, settings, Signal.priorWeights(), seed);
        state = start();
    }

    /** A state without examples. */
    public State start() {
        return new State(trainer.start(), linear(), new Contest());
    }

    /** Weights of the signals without examples, by the ordinal of the occasion. */
    public static List<BayesianLogistic> linear() {
        float[] prior = Signal.priorWeights();
        double[] mean = new double[prior.length];
        Arrays.setAll(mean, i -> prior[i]);
        double[] deviation = new double[prior.length];
        Arrays.fill(deviation, WEIGHT_DEVIATION);
        deviation[Signal.count()] = INTERCEPT_DEVIATION;
        return Stream.generate(() -> new BayesianLogistic(mean, deviation, MEMORY, LARGEST_INPUT))
                .limit(Occasion.count())
                .toList();
    }

    /** Resumes from a state, which is updated in place from now on. */
    public void restore(State stored) {
        state = stored;
    }

    /**
     * Learns from an example. Its ranks are of weights that have not seen it.
     *
     * @return what the network did
     */
    public NetworkTrainer.Learned learn(RankerExample example) {
        List<NetworkExample> group = example.group();
        Occasion occasion = example.occasion();
        if (group.stream().allMatch(NetworkExample::valid)) {
            BayesianLogistic linear = state.linear().get(occasion.ordinal());
            state.contest().calibrate(occasion, linear.weights(), group);
            state.contest().observe(occasion, example.ranks());
            group.forEach(each -> learn(linear, each));
        }
        return trainer.learn(state.network(), group);
    }

    private static void learn(BayesianLogistic linear, NetworkExample example) {
        float[] input = Arrays.copyOf(example.signals(), Signal.count() + 1);
        input[Signal.count()] = 1f;
        boolean shown = linear.show(input, example.weight(), example.weight(), example.offset());
        if (shown && example.label() > 0) {
            linear.accept(input, (double) example.label() * example.weight());
        }
    }

    /** The current state; not a copy. */
    public State state() {
        return state;
    }

    /** The rankers to use from now on. */
    public Rankers rankers(long version) {
        PlattScaling calibration = state.network().calibration();
        return state.contest()
                .rankers(
                        new Ranker(
                                shape,
                                trainer.trusted(state.network()),
                                version,
                                calibration.slope(),
                                calibration.offset(),
                                calibration.negatives()),
                        state.linear().stream().map(BayesianLogistic::weights).toList());
    }
}
