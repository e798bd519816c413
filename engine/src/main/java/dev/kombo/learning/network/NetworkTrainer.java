package dev.kombo.learning.network;

import dev.kombo.learning.Logistic;
import java.util.Arrays;
import java.util.List;

/**
 * Trains a network of any {@link NetworkShape} on a stream of examples, by Adam on mini-batches.
 *
 * <p>The loss of a mini-batch is the weighted mean of its examples' log loss, plus {@code l2 / 2 * |deep weights|^2}
 * and {@code wideL2 / 2 * |wide - prior|^2}: the linear part departs from its prior only on evidence. Intercept and
 * biases are not penalised.
 *
 * <p>Examples wait until their mini-batch is full. All of them are then predicted by weights that saw none of them, and
 * only then learned from, so the moving mean of their losses is an unbiased estimate of the loss on future examples
 * (prequential error: Dawid 1984) and {@link NetworkState#calibration} learns from honest logits, at the price of one
 * forward pass that training needs anyway.
 *
 * <p>At the first step after every {@link NetworkSettings#window} losses is a checkpoint. If the moving loss at a
 * checkpoint exceeds {@link #DIVERGENCE} times the best one, the weights have diverged, or behaviour has changed: the
 * last good weights are restored and the comparison restarts, so that changed behaviour is accepted as the new normal.
 * The best loss is taken as at least {@value #LEAST_LOSS}, because noise around a small loss is not divergence.
 *
 * <p>The weights used for ranking depart from the prior by a share that grows with the number of examples, {@link
 * #trusted}: weights from few examples are noise and rank worse than the prior, which their log loss does not show,
 * since hardly any examples lie among the best bundles.
 *
 * <p>Not thread-safe, since it holds buffers: one instance per thread.
 */
public final class NetworkTrainer {
    /** Examples over which the moving loss and the calibration look back. */
    public static final int WINDOW = 2000;

    /** A moving loss above this multiple of the best one counts as diverged. */
    private static final float DIVERGENCE = 1.5f;

    private static final double LEAST_LOSS = 0.05;

    /** Examples after which half of the departure from the prior is trusted. */
    private static final double HALF_TRUST = 20_000;

    private static final NetworkBlock[] BLOCKS = NetworkBlock.values();

    private final NetworkShape shape;
    private final NetworkSettings settings;
    private final float[] prior;
    private final long seed;
    private final NetworkReference network;
    private final double[] gradient;
    private final float[] clipped;

    /** The result of adding an example or group. */
    public enum Learned {
        /** It waits in the open mini-batch; the weights are unchanged. */
        COLLECTED,
        /** It closed a mini-batch: the weights have moved. */
        STEPPED,
        /** It was not finite or out of range, or closed a mini-batch whose step would not be finite. */
        DROPPED,
        /** It closed a mini-batch that showed divergence: the last good weights are restored. */
        RESTORED
    }

    /**
     * Creates a trainer.
     *
     * @param prior linear weights that it starts from and is regularised towards: one per signal, then the intercept;
     *     copied
     * @param seed of the hidden layers
     */
    public NetworkTrainer(NetworkShape shape, NetworkSettings settings, float[] prior, long seed) {
        shape.requirePrior(prior);
        this.shape = shape;
        this.settings = settings;
        this.prior = prior.clone();
        this.seed = seed;
        this.network = new NetworkReference(shape);
        this.gradient = new double[shape.weights()];
        this.clipped = new float[gradient.length];
    }

    private static double trust(long examples) {
        return examples / (examples + HALF_TRUST);
    }

    /**
     * The weights for ranking: their logit is that of the prior plus the trusted share of what training adds.
     *
     * @param weights as trained; not changed
     * @param prior the trainer's prior
     * @param examples learned from
     */
    public static float[] trusted(NetworkShape shape, float[] weights, float[] prior, long examples) {
        shape.requirePrior(prior);
        shape.requireWeights(weights);
        float trust = (float) trust(examples);
        float[] trusted = weights.clone();
        for (int i = 0; i < prior.length; i++) {
            trusted[i] = prior[i] + trust * (weights[i] - prior[i]);
        }
        int output = shape.offset(NetworkBlock.OUTPUT);
        for (int i = 0; i < shape.length(NetworkBlock.OUTPUT); i++) {
            trusted[output + i] = trust * weights[output + i];
        }
        return trusted;
    }

    /** The weights of a state for ranking. */
    public float[] trusted(NetworkState state) {
        return trusted(shape, state.weights(), prior, state.examples());
    }

    /** Creates a state that starts from the prior. */
    public NetworkState start() {
        return NetworkState.of(shape, shape.start(prior, seed), new PlattScaling(WINDOW));
    }

    /**
     * Adds examples of one request, such as a positive and its negatives, and learns if they close a mini-batch. Groups
     * are never split, so a mini-batch may be larger than the setting. The whole group is dropped if one example is
     * invalid.
     *
     * @param state of this shape; updated in place
     * @param group at least one
     */
    public Learned learn(NetworkState state, List<NetworkExample> group) {
        if (group.isEmpty()) {
            throw new IllegalArgumentException("a group needs an example");
        }
        boolean valid = true;
        for (NetworkExample example : group) {
            requireFit(state, example);
            valid &= example.valid();
        }
        if (!valid) {
            state.countDropped(group.size());
            return Learned.DROPPED;
        }
        group.forEach(state.batch()::add);
        return learnWhenFull(state);
    }

    private static void requireFit(NetworkState state, NetworkExample example) {
        if (!state.batch().fits(example)) {
            throw new IllegalArgumentException(example.signals().length + " signals, "
                    + example.context().length + " of context and a sequence of " + example.sequence().length
                    + " do not fit the network");
        }
    }

    private Learned learnWhenFull(NetworkState state) {
        if (state.batch().size() < settings.batch()) {
            return Learned.COLLECTED;
        }
        network.load(state.weights());
        double[] logits = network.forward(state.batch());
        if (!allFinite(logits)) {
            // Examples are finite, so the weights have diverged.
            state.restoreGood();
            return Learned.RESTORED;
        }
        measure(state, logits);
        if (diverged(state)) {
            state.restoreGood();
            return Learned.RESTORED;
        }
        checkpoint(state);
        computeGradient(state, logits);
        if (!allFinite(gradient)) {
            state.countDropped(state.batch().size());
            state.batch().clear();
            return Learned.DROPPED;
        }
        step(state);
        state.batch().clear();
        return Learned.STEPPED;
    }

    private void measure(NetworkState state, double[] logits) {
        MiniBatch batch = state.batch();
        double trust = trust(state.examples());
        for (int i = 0; i < logits.length; i++) {
            double known = network.linear(i, prior);
            double weight = NetworkExample.randomWeight(batch.label(i), batch.weight(i), batch.offset(i));
            state.calibration().observe(known + trust * (logits[i] - known), batch.label(i), weight);
            state.measure(Logistic.logLoss(logits[i] + batch.offset(i), batch.label(i)), WINDOW);
        }
        state.countExamples(batch.size());
    }

    private boolean diverged(NetworkState state) {
        return state.measured() >= WINDOW && state.loss() > DIVERGENCE * Math.max(LEAST_LOSS, state.bestLoss());
    }

    /** Saves the weights as good unless the loss is on its way to divergence. */
    private void checkpoint(NetworkState state) {
        if (state.sinceCheckpoint() >= WINDOW) {
            if (state.loss() <= (1 + DIVERGENCE) / 2 * Math.max(LEAST_LOSS, state.bestLoss())) {
                state.keepGood();
            }
            state.keepBest();
        }
    }

    private void computeGradient(NetworkState state, double[] logits) {
        Arrays.fill(gradient, 0);
        network.backward(lossByLogit(state.batch(), logits), gradient);
        float[] weights = state.weights();
        for (NetworkBlock block : BLOCKS) {
            int from = shape.offset(block);
            int to = from + shape.length(block);
            for (int i = from; i < to && block.shrinks(); i++) {
                gradient[i] += settings.l2() * weights[i];
            }
        }
        for (int i = 0; i < shape.signals(); i++) {
            gradient[i] += settings.wideL2() * (weights[i] - prior[i]);
        }
    }

    /** Derivative of the mean of weight times log loss by each logit. */
    private static double[] lossByLogit(MiniBatch batch, double[] logits) {
        double[] errors = new double[logits.length];
        for (int i = 0; i < errors.length; i++) {
            double error = Logistic.sigmoid(logits[i] + batch.offset(i)) - batch.label(i);
            errors[i] = batch.weight(i) * error / errors.length;
        }
        return errors;
    }

    /** Gradient of the loss of the open mini-batch, penalties included. */
    double[] gradient(NetworkState state) {
        network.load(state.weights());
        computeGradient(state, network.forward(state.batch()));
        return gradient.clone();
    }

    private void step(NetworkState state) {
        double squares = 0;
        for (double slope : gradient) {
            squares += slope * slope;
        }
        double scale = Math.min(1, settings.adam().gradientNorm() / Math.sqrt(squares));
        for (int i = 0; i < gradient.length; i++) {
            clipped[i] = (float) (scale * gradient[i]);
        }
        state.countStep();
        NetworkSettings.AdamSettings rates = settings.adam();
        double schedule = rates.schedule(state.steps());
        int wide = prior.length;
        Adam adam = state.adam();
        adam.step(state.weights(), clipped, 0, wide, state.steps(), schedule * rates.wideRate());
        adam.step(state.weights(), clipped, wide, clipped.length, state.steps(), schedule * rates.rate());
    }

    private static boolean allFinite(double[] values) {
        double sum = 0;
        for (double value : values) {
            sum += Math.abs(value);
        }
        return Double.isFinite(sum);
    }
}
