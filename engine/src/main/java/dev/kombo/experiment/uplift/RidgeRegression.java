package dev.kombo.experiment.uplift;

/**
 * Predicts a response linearly from features, by least squares with a penalty on all weights but that of the constant
 * (Hoerl, Kennard 1970, "Ridge regression: biased estimation for nonorthogonal problems"). Keeps sums of products only,
 * so its size does not depend on the number of observations. Not thread-safe.
 */
public final class RidgeRegression {
    /** The penalty on a weight is that of so many observations of the feature's mean square. */
    private static final double PENALTY = 20;

    /** Keeps the equations solvable where a feature was always 0. */
    private static final double TINY = 1e-9;

    private final int features;
    /** By rows, the lower triangle of the sums of products of features; then their products with the response. */
    private final double[] sums;

    /**
     * Creates a regression without observations.
     *
     * @param features number of features; the first is the constant 1
     */
    RidgeRegression(int features) {
        this(features, new double[features * (features + 1) / 2 + features]);
    }

    private RidgeRegression(int features, double[] sums) {
        this.features = features;
        this.sums = sums;
    }

    /** Returns a regression with the same observations. */
    RidgeRegression copy() {
        return new RidgeRegression(features, sums.clone());
    }

    /** The sums, to be stored; not copied. */
    double[] sums() {
        return sums;
    }

    /** Adds an observation. */
    void add(double[] x, double response) {
        int at = 0;
        for (int i = 0; i < features; i++) {
            for (int j = 0; j <= i; j++) {
                sums[at++] += x[i] * x[j];
            }
        }
        for (int i = 0; i < features; i++) {
            sums[at++] += x[i] * response;
        }
    }

    /** The weights of the features, whose weighted sum is the predicted response; all 0 without observations. */
    double[] weights() {
        double count = sums[0];
        return count == 0 ? new double[features] : solve(factor(count));
    }

    /** The response that weights predict. */
    static double predict(double[] weights, double[] x) {
        double prediction = 0;
        for (int i = 0; i < weights.length; i++) {
            prediction += weights[i] * x[i];
        }
        return prediction;
    }

    /** Cholesky's factor of the sums with the penalty, the lower triangle by rows. */
    private double[][] factor(double count) {
        double[][] factor = new double[features][];
        int at = 0;
        for (int i = 0; i < features; i++) {
            factor[i] = new double[i + 1];
            for (int j = 0; j <= i; j++) {
                double rest = sums[at++];
                if (i == j) {
                    rest += i == 0 ? 0 : PENALTY / count * rest + TINY;
                }
                for (int k = 0; k < j; k++) {
                    rest -= factor[i][k] * factor[j][k];
                }
                factor[i][j] = i == j ? Math.sqrt(Math.max(TINY * TINY, rest)) : rest / factor[j][j];
            }
        }
        return factor;
    }

    private double[] solve(double[][] factor) {
        double[] weights = new double[features];
        int at = sums.length - features;
        for (int i = 0; i < features; i++) {
            double rest = sums[at + i];
            for (int k = 0; k < i; k++) {
                rest -= factor[i][k] * weights[k];
            }
            weights[i] = rest / factor[i][i];
        }
        for (int i = features - 1; i >= 0; i--) {
            for (int k = i + 1; k < features; k++) {
                weights[i] -= factor[k][i] * weights[k];
            }
            weights[i] /= factor[i][i];
        }
        return weights;
    }
}
