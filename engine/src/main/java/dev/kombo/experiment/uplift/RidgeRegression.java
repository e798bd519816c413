package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.CommonOps_DDRM;

/**
 * Predicts a response linearly from features, by least squares with a penalty on all weights but that of the constant
 * (Hoerl, Kennard 1970, "Ridge regression: biased estimation for nonorthogonal problems"). Keeps sums of products only,
 * so its size does not depend on the number of observations. Not thread-safe.
 */
public final class RidgeRegression {
    /** The penalty on a weight is that of so many observations of the feature's mean square. */
    private static final double PENALTY = 20;

    /** Stands for the sums of no observations. */
    private static final double[] NO_SUMS = {};

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

    /** The sums; without observations, none are stored. Those of another number of features are ignored. */
    void fields(Fields f) {
        double[] stored = f.reals(sums[0] == 0 ? NO_SUMS : sums);
        if (stored.length == sums.length) {
            System.arraycopy(stored, 0, sums, 0, sums.length);
        }
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
        DMatrixRMaj weights = new DMatrixRMaj(features, 1);
        if (count == 0) {
            return weights.data;
        }
        DMatrixRMaj products = new DMatrixRMaj(features, features);
        int at = 0;
        for (int i = 0; i < features; i++) {
            for (int j = 0; j <= i; j++) {
                products.set(i, j, sums[at]);
                products.set(j, i, sums[at++]);
            }
            products.add(i, i, i == 0 ? 0 : PENALTY / count * products.get(i, i) + TINY);
        }
        DMatrixRMaj responses = DMatrixRMaj.wrap(features, 1, Arrays.copyOfRange(sums, at, sums.length));
        CommonOps_DDRM.solveSPD(products, responses, weights);
        return weights.data;
    }

    /** The response that weights predict. */
    static double predict(double[] weights, double[] x) {
        double prediction = 0;
        for (int i = 0; i < weights.length; i++) {
            prediction += weights[i] * x[i];
        }
        return prediction;
    }
}
