package dev.kombo.learning;

import java.util.Arrays;
import java.util.stream.IntStream;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;
import org.ejml.dense.row.linsol.chol.LinearSolverCholLDL_DDRM;
import org.ejml.interfaces.linsol.LinearSolverDense;

/**
 * Bayesian logistic regression, learned online: a Gaussian over the weights, updated one example at a time by
 * linearising at the current mean (Spiegelhalter, Lauritzen: Sequential updating of conditional probabilities on
 * directed graphical structures, Networks 20, 1990; the extended Kalman filter of logistic regression). With little
 * evidence it predicts by its prior; each direction of the weights is learned as far as the examples inform about it.
 *
 * <p><b>Late labels.</b> The log likelihood of an example is y (w x) - ln(1 + e^(w x)): the label enters linearly, the
 * rest does not depend on it. So an example is first {@link #show shown} with label 0, and {@link #accept accepted} if
 * its label turns out to be 1, however much later: this adds exactly the term y (w x), and no example waits until it is
 * certain that no label will arrive. Until then it counts as not accepted.
 *
 * <p><b>Forgetting.</b> What the examples added fades towards the prior, by 1 / memory per example (stabilised
 * forgetting, Kulhavý, Zarrop, International Journal of Control 58, 1993), so the model follows drift, and without
 * examples of some kind returns to the prior. Not thread-safe; used only by the thread that owns the model.
 */
public final class BayesianLogistic {
    private static final int SCALARS = 2;
    private static final int SHOWN = 0;
    private static final int ACCEPTED = 1;

    private final double[] priorMean;
    private final double[] priorPrecision;
    private final double keepLoss;
    private final float largestInput;
    private final double[] natural;
    private final DMatrixRMaj precision;
    private final double[] scalars;
    private final DMatrixRMaj mean;
    private final double[] inputs;

    /** The values of these fields after an example; they replace the fields once they have been solved. */
    private final double[] nextNatural;

    private final DMatrixRMaj nextPrecision;
    private final DMatrixRMaj nextMean;
    private final DMatrixRMaj work;
    private final DMatrixRMaj right;
    private final LinearSolverDense<DMatrixRMaj> solver;

    /**
     * Creates a model without examples.
     *
     * @param mean prior mean of the weights
     * @param deviation prior standard deviation of each weight, above 0
     * @param memory examples after which the effect of one has faded to 1 / e; above 0
     * @param largestInput inputs are clipped to this size
     */
    public BayesianLogistic(double[] mean, double[] deviation, double memory, float largestInput) {
        int n = mean.length;
        this.priorMean = mean.clone();
        this.priorPrecision = new double[n];
        this.keepLoss = 1 / memory;
        this.largestInput = largestInput;
        this.natural = new double[n];
        this.precision = new DMatrixRMaj(n, n);
        this.scalars = new double[SCALARS];
        this.mean = new DMatrixRMaj(n, 1);
        this.inputs = new double[n];
        this.nextNatural = new double[n];
        this.nextPrecision = new DMatrixRMaj(n, n);
        this.nextMean = new DMatrixRMaj(n, 1);
        this.work = new DMatrixRMaj(n, n);
        this.right = new DMatrixRMaj(n, 1);
        this.solver = new LinearSolverCholLDL_DDRM();
        for (int i = 0; i < n; i++) {
            priorPrecision[i] = 1 / (deviation[i] * deviation[i]);
            nextNatural[i] = priorPrecision[i] * mean[i];
            nextPrecision.set(i, i, priorPrecision[i]);
        }
        if (!adopt()) {
            throw new IllegalArgumentException("a mean or deviation is not finite, or 0");
        }
    }

    /** Number of weights. */
    public int size() {
        return priorMean.length;
    }

    /** Its state beside the prior that it was created with; see {@link #restore}. */
    public double[] values() {
        int n = size();
        double[] values = Arrays.copyOf(natural, n + n * n + SCALARS);
        System.arraycopy(precision.data, 0, values, n, n * n);
        System.arraycopy(scalars, 0, values, n + n * n, SCALARS);
        return values;
    }

    /**
     * Restores what {@link #values} returned.
     *
     * @throws IllegalArgumentException where the size differs, a value is not finite, or they have no weights; nothing
     *     is restored then
     */
    public void restore(double[] values) {
        restore(values, size(), IntStream.range(0, size()).toArray());
    }

    /**
     * Restores what a model over other weights returned; it knows nothing of those that it lacks.
     *
     * @param stored number of its weights
     * @param places place of each weight of this model among them; below 0: it has its prior
     * @throws IllegalArgumentException as {@link #restore(double[])} does
     */
    public void restore(double[] values, int stored, int[] places) {
        int n = size();
        if (values.length != stored + stored * stored + SCALARS) {
            throw new IllegalArgumentException(values.length + " values for a model of " + stored + " weights");
        }
        for (double value : values) {
            if (!Double.isFinite(value)) {
                throw new IllegalArgumentException("a value is " + value);
            }
        }
        for (int i = 0; i < n; i++) {
            nextNatural[i] = places[i] < 0 ? priorPrecision[i] * priorMean[i] : values[places[i]];
            for (int j = 0; j < n; j++) {
                boolean known = places[i] >= 0 && places[j] >= 0;
                double prior = i == j ? priorPrecision[i] : 0;
                nextPrecision.set(i, j, known ? values[stored + places[i] * stored + places[j]] : prior);
            }
        }
        if (!adopt()) {
            throw new IllegalArgumentException("the precision of the weights is singular");
        }
        System.arraycopy(values, stored + stored * stored, scalars, 0, SCALARS);
    }

    /** Mean of the weights; a copy. */
    public float[] weights() {
        float[] weights = new float[size()];
        for (int i = 0; i < weights.length; i++) {
            weights[i] = (float) mean.get(i);
        }
        return weights;
    }

    /** The log odds that the mean of the weights predicts; NaN where the input has another size, or a NaN. */
    public double logOdds(float[] input) {
        if (input.length != size()) {
            return Double.NaN;
        }
        double logOdds = 0;
        for (int i = 0; i < input.length; i++) {
            logOdds += mean.data[i] * bounded(input[i]);
        }
        return logOdds;
    }

    /** Standard deviation of a weight. */
    public double deviation(int weight) {
        CommonOps_DDRM.invert(precision, work);
        return Math.sqrt(work.get(weight, weight));
    }

    /** Number of examples shown. */
    public double shown() {
        return scalars[SHOWN];
    }

    /** Number of examples accepted. */
    public double accepted() {
        return scalars[ACCEPTED];
    }

    /** {@link #show(float[], double, double, double)} of as many examples as it weighs, without an offset. */
    public boolean show(float[] input, double weight) {
        return show(input, weight, weight, 0);
    }

    /**
     * Learns that an example was shown, and is not accepted so far.
     *
     * @param input one number per weight, clipped
     * @param weight how much is learned from it: that of one example at 1, at least 0
     * @param count how many examples it adds to {@link #shown}
     * @param offset known part of the logit beside the weights, finite
     * @return false where a number is not finite, or would not be: nothing is learned then
     */
    public boolean show(float[] input, double weight, double count, double offset) {
        if (!usable(input, weight)) {
            return false;
        }
        int n = size();
        double logit = 0;
        for (int i = 0; i < n; i++) {
            inputs[i] = bounded(input[i]);
            logit += mean.data[i] * inputs[i];
        }
        double probability = Logistic.sigmoid(logit + offset);
        double curvature = weight * probability * (1 - probability);
        fade(Math.max(0, 1 - keepLoss * weight));
        for (int i = 0; i < n; i++) {
            nextNatural[i] += inputs[i] * (curvature * logit - weight * probability);
            double scale = curvature * inputs[i];
            for (int j = 0; j < n; j++) {
                nextPrecision.data[i * n + j] += scale * inputs[j];
            }
        }
        if (!adopt()) {
            return false;
        }
        scalars[SHOWN] += count;
        return true;
    }

    /** {@link #accept(float[], double, double)} of as many examples as it weighs. */
    public boolean accept(float[] input, double weight) {
        return accept(input, weight, weight);
    }

    /**
     * Learns that an example shown earlier is accepted.
     *
     * @param input as it was shown
     * @param weight as it was shown; below 0 takes back
     * @param count how many examples it adds to {@link #accepted}
     * @return false where a number is not finite, or would not be: nothing is learned then
     */
    public boolean accept(float[] input, double weight, double count) {
        if (!usable(input, Math.abs(weight))) {
            return false;
        }
        nextPrecision.setTo(precision);
        for (int i = 0; i < size(); i++) {
            nextNatural[i] = natural[i] + weight * bounded(input[i]);
        }
        if (!adopt()) {
            return false;
        }
        scalars[ACCEPTED] += count;
        return true;
    }

    private boolean usable(float[] input, double weight) {
        boolean finite = input.length == size() && weight >= 0 && Double.isFinite(weight);
        for (int i = 0; finite && i < input.length; i++) {
            finite = Float.isFinite(input[i]);
        }
        return finite;
    }

    private double bounded(float input) {
        return Math.max(-largestInput, Math.min(largestInput, input));
    }

    private void fade(double keep) {
        int n = size();
        for (int i = 0; i < n * n; i++) {
            nextPrecision.data[i] = keep * precision.data[i];
        }
        for (int i = 0; i < n; i++) {
            double believed = priorPrecision[i] * priorMean[i];
            nextNatural[i] = believed + keep * (natural[i] - believed);
            nextPrecision.set(i, i, priorPrecision[i] + keep * (precision.get(i, i) - priorPrecision[i]));
        }
    }

    /**
     * Solves precision times mean = natural parameter for what comes next, and only then lets it take effect: the
     * caller stores nothing of an example that fails. The prior keeps the precision positive definite but for rounding.
     */
    private boolean adopt() {
        work.setTo(nextPrecision);
        System.arraycopy(nextNatural, 0, right.data, 0, size());
        if (!solver.setA(work)) {
            return false;
        }
        solver.solve(right, nextMean);
        for (int i = 0; i < size(); i++) {
            if (!Double.isFinite(nextMean.get(i))) {
                return false;
            }
        }
        System.arraycopy(nextNatural, 0, natural, 0, size());
        precision.setTo(nextPrecision);
        mean.setTo(nextMean);
        return true;
    }
}
