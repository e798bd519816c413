package dev.kombo.learning.factors;

import dev.kombo.math.FactorMath;
import java.util.Arrays;
import org.ejml.data.DMatrixRMaj;
import org.ejml.dense.row.factory.DecompositionFactory_DDRM;
import org.ejml.interfaces.decomposition.EigenDecomposition_F64;
import org.jspecify.annotations.Nullable;

/**
 * The matrix that brings the factor vectors of one generation into a common basis: it whitens them so that their
 * columns are orthonormal, by the inverse root of their {@link Gram} matrix: W = R (R'R)^-1/2 has W'W = I. Of all
 * orthonormal matrices with the span of R it is the one nearest to R, so vectors keep their direction from one
 * generation to the next. The regularisation keeps directions with little evidence from being amplified. Immutable.
 *
 * @param generation number of the generation, from 1
 * @param trace sum of the squared lengths of the generation's vectors
 * @param whitening the symmetric matrix that vectors are multiplied by, row by row; not copied, never written
 */
public record FactorBasis(int generation, double trace, float[][] whitening) {
    /** An eigenvalue of a smaller part of their sum is rounding. */
    private static final double ROUNDING = 1e-12;

    /**
     * The basis of a generation, or null where its vectors are all 0 or not finite.
     *
     * @param gram of all its vectors
     * @param regularization added to each eigenvalue, in means of all eigenvalues; at least 0
     */
    public static @Nullable FactorBasis of(int generation, Gram gram, double regularization) {
        double trace = gram.trace();
        if (!(trace > 0 && Double.isFinite(trace))) {
            return null;
        }
        int factors = gram.factors();
        DMatrixRMaj matrix = new DMatrixRMaj(factors, factors);
        for (int i = 0; i < factors; i++) {
            for (int j = i; j < factors; j++) {
                matrix.set(i, j, gram.get(i, j));
                matrix.set(j, i, gram.get(i, j));
            }
        }
        EigenDecomposition_F64<DMatrixRMaj> eigen = DecompositionFactory_DDRM.eig(factors, true, true);
        if (!eigen.decompose(matrix)) {
            return null;
        }
        double added = regularization * trace / factors;
        double[][] sum = new double[factors][factors];
        for (int e = 0; e < factors; e++) {
            double value = Math.max(eigen.getEigenvalue(e).getReal(), 0) + added;
            DMatrixRMaj vector = eigen.getEigenVector(e);
            // Rounding leaves eigenvalues near 0 where there are fewer vectors than factors; these directions are
            // empty.
            if (value > trace * ROUNDING && vector != null) {
                addOuter(sum, vector.data, 1 / Math.sqrt(value));
            }
        }
        return new FactorBasis(generation, trace, toFloats(sum));
    }

    private static void addOuter(double[][] sum, double[] vector, double scale) {
        for (int i = 0; i < vector.length; i++) {
            for (int j = 0; j < vector.length; j++) {
                sum[i][j] += scale * vector[i] * vector[j];
            }
        }
    }

    private static float[][] toFloats(double[][] sum) {
        float[][] rows = new float[sum.length][sum.length];
        for (int i = 0; i < rows.length; i++) {
            for (int j = 0; j < rows.length; j++) {
                rows[i][j] = (float) sum[i][j];
            }
        }
        return rows;
    }

    /**
     * Whitens a vector of the generation.
     *
     * @param vector as published
     * @param whitened gets the result; not the vector itself
     */
    public void whiten(float[] vector, float[] whitened) {
        Arrays.fill(whitened, 0f);
        for (int i = 0; i < whitening.length; i++) {
            FactorMath.addScaled(whitened, vector[i], whitening[i], whitened.length);
        }
    }
}
