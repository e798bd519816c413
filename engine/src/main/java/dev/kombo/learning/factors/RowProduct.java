package dev.kombo.learning.factors;

import dev.kombo.math.StableHash;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes one step of the matrix factorisation for one item or bundle: the product of its row of pair counts with the
 * factor vectors. With c the count of a pair and n the mass of an entity, all decayed to one time, S holds s = c / (n
 * n')^1/4, and 0 for pairs that did not occur. A pair is counted at the later of its entities only; the counts in the
 * rows of others, an entity's column, are reported by sweeps ({@link RowSweep#columns}), so that S is symmetric. R and
 * W hold one row per entity, W being the whitened R of the active generation ({@link FactorBasis}). The loss is the
 * squared error over all pairs, seen or not:
 *
 * <pre>
 *   L = 1/2 |S - R W'|^2        dL/dr = r W'W - s W = r - s W        as W'W = I
 * </pre>
 *
 * So no negatives are sampled, the gradient of a row needs only the row's own partners, and the step to the row's
 * minimum has length 1. An entity with new events takes part of the step when it is published, {@link #step}; a sweep
 * takes the whole step on all rows, after which W is the next generation's. W is the result of the last sweep, without
 * the steps taken since. Both together are the orthogonal iteration, which converges to the leading eigenvectors of S
 * (Golub, Van Loan: Matrix Computations, 7.3.2); as W is orthonormal, it cannot diverge. Compare Hu, Koren, Volinsky:
 * Collaborative Filtering for Implicit Feedback Datasets, ICDM 2008.
 *
 * <p>Before the first generation W is random, seeded by the entities' names. Not thread-safe, since buffers are reused.
 */
public final class RowProduct {
    /** Power of an entity's mass by which its vector counts. */
    private static final double MASS_POWER = -0.25;

    private final PartnerFactors factors;
    private final long seed;
    private final float[] sum;
    private final float[] product;

    /**
     * Creates products with the vectors that are active at each call.
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
     * The row of S of an entity, times W: the minimum of the row's loss. Valid until the next call.
     *
     * @param partner the entity: {@link PartnerTable#partnerOf}
     * @param now to which everything is decayed, epoch milliseconds
     * @return null where no partner has a vector; may be not finite where a count or a vector is not
     */
    public float @Nullable [] of(long partner, PartnerTable row, long now) {
        boolean started = factors.generation() > 0;
        double decay = row.decayAt(now);
        float root = (float) Math.pow(row.mass() * decay, MASS_POWER);
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
     * Takes a step against the gradient, in place.
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
