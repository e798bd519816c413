package dev.kombo.learning.factors;

import dev.kombo.catalog.StableHash;
import java.util.Arrays;

/**
 * The factorisation that vectors are learned by. With c the count of a pair, n the mass of a target, all decayed to one
 * time, S holds s = c / (n n')^1/4, and 0 for pairs that were not seen. A pair is counted at the later of its targets
 * only; what the rows of others say of a target, its column, is told by sweeps ({@link RowSweep#columns}), so that S is
 * symmetric. R and W hold a row a target, W being the
 * whitened R of the generation in force ({@link FactorBasis}). The loss is the squared error over all pairs, seen or
 * not:
 *
 * <pre>
 *   L = 1/2 |S - R W'|^2        dL/dr = r W'W - s W = r - s W        as W'W = I
 * </pre>
 *
 * So no negatives are sampled, the gradient of a row needs the row's own partners only, and the step that ends at the
 * row's minimum has length 1. A target that events touched takes a part of it when it is published, {@link #step}; a sweep takes it on all
 * rows, after which W is the next generation's. W is what the last sweep made, without the steps taken since. Both together are the orthogonal iteration, which converges to the
 * leading eigenvectors of S (Golub, Van Loan: Matrix Computations, 7.3.2); as W is orthonormal, it cannot diverge.
 * Compare Hu, Koren, Volinsky: Collaborative Filtering for Implicit Feedback Datasets, ICDM 2008.
 *
 * <p>Before the first generation W is random, by the names of the targets. Buffers are used again; for one thread.
 */
public final class RowProduct {
    private final PartnerFactors factors;
    private final long seed;
    private final float[] sum;
    private final float[] product;

    /**
     * Products with the vectors that are in force at each call.
     *
     * @param length of the vectors
     * @param seed of the random vectors before the first generation
     */
    public RowProduct(PartnerFactors factors, int length, long seed) {
        this.factors = factors;
        this.seed = seed;
        this.sum = new float[length];
        this.product = new float[length];
    }

    /**
     * The row of S of a target, times W: where the row's loss is least. Valid until the next call.
     *
     * @param partner the target: {@link PartnerTable#partnerOf}
     * @param now to which all is decayed, epoch milliseconds
     * @return null where no partner has a vector; may be not finite where a count or a vector is not
     */
    public float[] of(long partner, PartnerTable row, long now) {
        boolean started = factors.generation() > 0;
        double decay = row.decayAt(now);
        float root = (float) Math.pow(row.mass() * decay, -0.25);
        double scale = decay * root;
        Arrays.fill(sum, 0f);
        boolean any = false;
        for (int i = 0; i < row.size(); i++) {
            float weight = (float) (scale * row.storedCount(i));
            if (started) {
                any |= factors.addTo(row.partner(i), weight, sum);
            } else {
                any = true;
                addInitial(row.partner(i), weight);
            }
        }
        if (!started) {
            return any ? sum : null;
        }
        Arrays.fill(product, 0f);
        boolean column = Float.isFinite(root) && factors.addColumn(partner, root, product);
        if (any) {
            factors.addWhitened(sum, product);
        }
        return any || column ? product : null;
    }

    private void addInitial(long partner, float weight) {
        long state = StableHash.combine(seed, partner);
        for (int k = 0; k < sum.length; k++) {
            state = StableHash.mix(state);
            sum[k] += weight * (float) (2 * StableHash.unit(state) - 1);
        }
    }

    /** The gradient of the loss with respect to a row, given its product. */
    static float gradient(float component, float product) {
        return component - product;
    }

    /**
     * A step against the gradient, in place.
     *
     * @param vector row of R
     * @param product of the row
     * @param rate length of the step, in (0, 1]
     */
    public static void step(float[] vector, float[] product, float rate) {
        for (int k = 0; k < vector.length; k++) {
            vector[k] -= rate * gradient(vector[k], product[k]);
        }
    }
}
