package dev.kombo.shop.simulation;

import dev.kombo.catalog.index.TopSelection;
import dev.kombo.math.StableHash;
import java.util.Arrays;

/**
 * Selects the entities with the highest scores. Ties are ordered by a hash of the entity's number under a seed: the
 * same in every run, but not the order of the catalogue, which often follows age or popularity and would credit a model
 * without an opinion with the merits of that order.
 *
 * <p>Not thread-safe; an instance can be reused.
 */
public final class TopK {
    private final int k;
    private final long seed;
    private final TopSelection best = new TopSelection();

    /**
     * @param k most entities to select, at least 1
     * @param seed of the order of ties
     */
    public TopK(int k, long seed) {
        if (k < 1) {
            throw new IllegalArgumentException("k is " + k + ", at least 1 is expected");
        }
        this.k = k;
        this.seed = StableHash.mix(seed);
    }

    /**
     * Returns the numbers of the best entities, best first; fewer than k if there are fewer.
     *
     * @param scoresByEntity one score per entity; negative infinity excludes an entity
     * @throws IllegalArgumentException if a score is NaN
     */
    public int[] select(double[] scoresByEntity) {
        best.reset(k);
        for (int target = 0; target < scoresByEntity.length; target++) {
            double score = scoresByEntity[target];
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("the score of target " + target + " is NaN");
            }
            if (score != Double.NEGATIVE_INFINITY && !best.refuses(score)) {
                best.offer(score, ~StableHash.mix(seed ^ target), target);
            }
        }
        int[] selected = new int[best.size()];
        Arrays.setAll(selected, best::ordinal);
        return selected;
    }
}
