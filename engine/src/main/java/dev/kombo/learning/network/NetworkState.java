package dev.kombo.learning.network;

import java.util.Arrays;

/**
 * The state of a {@link NetworkTrainer} between two examples, in five arrays. Not thread-safe: only the thread of the
 * trainer's task uses it.
 *
 * <p>{@link #weights} and {@link #optimizer} are large and change only when {@link NetworkTrainer#learn} returns
 * STEPPED or RESTORED; {@link #waiting}, {@link #progress} and the values of {@link #calibration} are small, and
 * between two steps only the first two of them change. So the large part need not be stored for each example.
 */
public final class NetworkState {
    private static final int STEPS = 0;
    private static final int EXAMPLES = 1;
    private static final int MEASURED = 2;
    private static final int SINCE_CHECKPOINT = 3;
    private static final int LOSS = 4;
    private static final int BEST = 5;
    private static final int DROPPED = 6;
    private static final int RESTORED = 7;
    private static final int SCALARS = 8;
    private static final int VECTORS = 3;

    private final float[] weights;
    private final float[] first;
    private final float[] second;
    private final float[] good;
    private final double[] progress;
    private final MiniBatch batch;
    private final PlattScaling calibration;

    /**
     * Restores a state from its stored parts, which are copied.
     *
     * @param shape of the network it belongs to
     * @param weights flat, in the layout of the shape
     * @param optimizer as returned by {@link #optimizer}
     * @param waiting as returned by {@link #waiting}
     * @param progress as returned by {@link #progress}
     * @param calibration of the logits; kept
     */
    public NetworkState(
            NetworkShape shape,
            float[] weights,
            float[] optimizer,
            float[] waiting,
            double[] progress,
            PlattScaling calibration) {
        shape.requireWeights(weights);
        int length = weights.length;
        if (optimizer.length != VECTORS * length || progress.length != SCALARS) {
            throw new IllegalArgumentException(optimizer.length + " numbers of the optimiser and " + progress.length
                    + " of the progress do not belong to " + length + " weights");
        }
        this.weights = weights.clone();
        this.first = Arrays.copyOfRange(optimizer, 0, length);
        this.second = Arrays.copyOfRange(optimizer, length, 2 * length);
        this.good = Arrays.copyOfRange(optimizer, 2 * length, VECTORS * length);
        this.batch = new MiniBatch(shape, waiting);
        this.progress = progress.clone();
        this.calibration = calibration;
    }

    /** Creates a state without examples, with these weights. */
    static NetworkState of(NetworkShape shape, float[] weights, PlattScaling calibration) {
        double[] progress = new double[SCALARS];
        progress[BEST] = Double.POSITIVE_INFINITY;
        NetworkState state = new NetworkState(
                shape, weights, new float[VECTORS * weights.length], new float[0], progress, calibration);
        state.keepGood();
        return state;
    }

    /** The weights, flat in the layout of the shape; the array itself. */
    public float[] weights() {
        return weights;
    }

    /** First moments, second moments, last good weights: each as long as the weights; a copy. */
    public float[] optimizer() {
        float[] all = Arrays.copyOf(first, VECTORS * first.length);
        System.arraycopy(second, 0, all, second.length, second.length);
        System.arraycopy(good, 0, all, 2 * good.length, good.length);
        return all;
    }

    /** The examples of the open mini-batch; a copy. */
    public float[] waiting() {
        return batch.stored();
    }

    /**
     * Steps since the last reset, examples learned from, examples in the moving loss and since the last checkpoint,
     * moving loss, best moving loss, examples dropped, times restored; a copy.
     */
    public double[] progress() {
        return progress.clone();
    }

    /** The calibration of the logits, learned from each logit before the weights saw its example. */
    public PlattScaling calibration() {
        return calibration;
    }

    /** Number of examples learned from. */
    public long examples() {
        return (long) progress[EXAMPLES];
    }

    /** Moving mean of the objective's loss, measured before the example was learned from; a group counts once. */
    public double loss() {
        return progress[LOSS];
    }

    /** Examples dropped because a number in them, or their step, was not finite or out of range. */
    public long dropped() {
        return (long) progress[DROPPED];
    }

    /** How often the weights diverged and the last good ones were restored. */
    public long restored() {
        return (long) progress[RESTORED];
    }

    MiniBatch batch() {
        return batch;
    }

    /** Steps of the optimiser since it was last reset. */
    long steps() {
        return (long) progress[STEPS];
    }

    /** Losses in the moving mean since it was last reset. */
    long measured() {
        return (long) progress[MEASURED];
    }

    long sinceCheckpoint() {
        return (long) progress[SINCE_CHECKPOINT];
    }

    /** Lowest moving loss at a checkpoint; infinite before the first. */
    double bestLoss() {
        return progress[BEST];
    }

    Adam adam() {
        return new Adam(first, second);
    }

    void countStep() {
        progress[STEPS]++;
    }

    void countExamples(int examples) {
        progress[EXAMPLES] += examples;
    }

    void countDropped(int examples) {
        progress[DROPPED] += examples;
    }

    /** Adds a loss to the moving mean: a plain mean at first, then one that forgets over the window. */
    void measure(double loss, int window) {
        progress[MEASURED]++;
        progress[SINCE_CHECKPOINT]++;
        progress[LOSS] += (loss - progress[LOSS]) / Math.min(progress[MEASURED], window);
    }

    /** Records the moving loss, if it is the lowest so far, and starts the count to the next checkpoint. */
    void keepBest() {
        progress[BEST] = Math.min(progress[BEST], progress[LOSS]);
        progress[SINCE_CHECKPOINT] = 0;
    }

    /** Saves the weights as good. */
    void keepGood() {
        System.arraycopy(weights, 0, good, 0, good.length);
    }

    /** Restores the last good weights and resets optimiser, mini-batch, calibration and loss. */
    void restoreGood() {
        System.arraycopy(good, 0, weights, 0, good.length);
        Arrays.fill(first, 0f);
        Arrays.fill(second, 0f);
        batch.clear();
        calibration.startAnew();
        progress[STEPS] = 0;
        progress[MEASURED] = 0;
        progress[SINCE_CHECKPOINT] = 0;
        progress[BEST] = Double.POSITIVE_INFINITY;
        progress[RESTORED]++;
    }
}
