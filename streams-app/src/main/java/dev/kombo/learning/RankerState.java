package dev.kombo.learning;

import java.util.Arrays;

/**
 * All that {@link LinearRankerTrainer} remembers between two examples. Touched only by the stream thread that owns the
 * trainer's partition.
 *
 * <p>It is stored as {@link #weights}, {@link #moments}, {@link #examples} and {@link #logLoss}. The moments are one
 * row of floats: with w weights, the first moments (w), the second moments (w), the gradient summed so far in the open
 * mini-batch (w), the last good weights (w), and {@value #SCALARS} scalars: steps, examples in the open mini-batch,
 * examples in the moving loss, the best moving loss, examples dropped, times restored. Counts stop at 2^24, the
 * largest that a float counts to exactly; past that none of them changes anything.
 */
public final class RankerState {
    static final int SCALARS = 6;
    private static final int VECTORS = 4;
    private static final float LARGEST_COUNT = 1 << 24;

    private static final int STEPS = 0;
    private static final int OPEN = 1;
    private static final int MEASURED = 2;
    private static final int BEST = 3;
    private static final int DROPPED = 4;
    private static final int RESTORED = 5;

    private final float[] weights;
    private final float[] moments;
    private long examples;
    private double logLoss;

    /**
     * State from its stored parts; keeps the arrays.
     *
     * @param weights one a signal, then the intercept
     * @param moments as answered by {@link #moments}
     * @param examples examples learned from
     * @param logLoss moving mean of the log loss
     */
    public RankerState(float[] weights, float[] moments, long examples, double logLoss) {
        if (moments.length != VECTORS * weights.length + SCALARS) {
            throw new IllegalArgumentException(
                    moments.length + " moments do not belong to " + weights.length + " weights");
        }
        this.weights = weights;
        this.moments = moments;
        this.examples = examples;
        this.logLoss = logLoss;
    }

    /** A state that has learned nothing: the prior weights (one a signal, then the intercept), which are copied. */
    public static RankerState of(float[] prior) {
        float[] moments = new float[VECTORS * prior.length + SCALARS];
        RankerState state = new RankerState(prior.clone(), moments, 0, 0);
        state.keepGood();
        state.setScalar(BEST, Float.POSITIVE_INFINITY);
        return state;
    }

    /** The weights: one a signal, then the intercept; the array itself. */
    public float[] weights() {
        return weights;
    }

    /** Everything else in one row; the array itself. */
    public float[] moments() {
        return moments;
    }

    /** Examples learned from. */
    public long examples() {
        return examples;
    }

    /** Moving mean of the log loss of each example, measured before it was learned from. */
    public double logLoss() {
        return logLoss;
    }

    /** Examples and mini-batches dropped, because something in them was not finite. */
    public long dropped() {
        return (long) scalar(DROPPED);
    }

    /** Times the weights had diverged and the last good ones were restored. */
    public long restored() {
        return (long) scalar(RESTORED);
    }

    int size() {
        return weights.length;
    }

    int firstMoment(int weight) {
        return weight;
    }

    int secondMoment(int weight) {
        return size() + weight;
    }

    int gradient(int weight) {
        return 2 * size() + weight;
    }

    /** Steps of the optimiser since it was last reset. */
    int steps() {
        return (int) scalar(STEPS);
    }

    /** Examples in the open mini-batch. */
    int open() {
        return (int) scalar(OPEN);
    }

    /** Examples in the moving loss since it was last reset. */
    int measured() {
        return (int) scalar(MEASURED);
    }

    /** Least moving loss at a checkpoint; infinite before the first. */
    double bestLoss() {
        return scalar(BEST);
    }

    void countOpen() {
        count(OPEN);
    }

    void countStep() {
        count(STEPS);
    }

    void countDropped() {
        count(DROPPED);
    }

    void closeBatch() {
        Arrays.fill(moments, 2 * size(), 3 * size(), 0f);
        setScalar(OPEN, 0);
    }

    /** Takes an example into the moving mean: a plain mean at first, then one that forgets over the window. */
    void measure(double loss, int window) {
        count(MEASURED);
        examples++;
        logLoss += (loss - logLoss) / Math.min(measured(), window);
    }

    /** Remembers the moving loss, where it is the least so far. */
    void keepBest() {
        setScalar(BEST, (float) Math.min(bestLoss(), logLoss));
    }

    /** Remembers the weights as good. */
    void keepGood() {
        System.arraycopy(weights, 0, moments, 3 * size(), size());
    }

    /** Goes back to the last good weights with an optimiser and a loss that start anew. */
    void restoreGood() {
        System.arraycopy(moments, 3 * size(), weights, 0, size());
        Arrays.fill(moments, 0, 3 * size(), 0f);
        setScalar(STEPS, 0);
        setScalar(OPEN, 0);
        setScalar(MEASURED, 0);
        setScalar(BEST, Float.POSITIVE_INFINITY);
        count(RESTORED);
    }

    private float scalar(int index) {
        return moments[VECTORS * size() + index];
    }

    private void setScalar(int index, float value) {
        moments[VECTORS * size() + index] = value;
    }

    private void count(int index) {
        setScalar(index, Math.min(LARGEST_COUNT, scalar(index) + 1));
    }
}
