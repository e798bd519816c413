package dev.kombo.lab.quality.metrics;

import dev.kombo.catalog.StableHash;
import java.util.Arrays;

/**
 * Selects the entities with the highest scores. Ties are ordered by a hash of the entity's number under a seed: the
 * same in every run, but not the order of the catalogue, which often follows age or popularity and would credit a model
 * without an opinion with the merits of that order.
 *
 * <p>Uses a heap of k entries: {@code O(n log k)}. Not thread-safe; an instance can be reused.
 */
public final class TopK {
    private final int k;
    private final long seed;
    private final int[] heap;
    private double[] scores;
    private int size;

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
        this.heap = new int[k];
    }

    /**
     * Returns the numbers of the best entities, best first; fewer than k if there are fewer.
     *
     * @param scoresByTarget one score per entity; negative infinity excludes an entity
     * @throws IllegalArgumentException if a score is NaN
     */
    public int[] select(double[] scoresByTarget) {
        scores = scoresByTarget;
        size = 0;
        for (int target = 0; target < scores.length; target++) {
            double score = scores[target];
            if (Double.isNaN(score)) {
                throw new IllegalArgumentException("the score of target " + target + " is NaN");
            }
            if (score != Double.NEGATIVE_INFINITY) {
                offer(target);
            }
        }
        int[] best = new int[size];
        while (size > 0) {
            int worst = heap[0];
            size--;
            if (size > 0) {
                sink(heap[size]);
            }
            best[size] = worst;
        }
        scores = null;
        return best;
    }

    /** As {@link #select(double[])}, with entities excluded. */
    public int[] select(double[] scoresByTarget, int[] masked) {
        double[] open = Arrays.copyOf(scoresByTarget, scoresByTarget.length);
        for (int target : masked) {
            open[target] = Double.NEGATIVE_INFINITY;
        }
        return select(open);
    }

    private void offer(int target) {
        if (size < k) {
            int at = size++;
            while (at > 0 && isBetter(heap[(at - 1) / 2], target)) {
                heap[at] = heap[(at - 1) / 2];
                at = (at - 1) / 2;
            }
            heap[at] = target;
        } else if (isBetter(target, heap[0])) {
            sink(target);
        }
    }

    /** Replaces the root and restores the heap, which has the worst entity at the root. */
    private void sink(int target) {
        int at = 0;
        while (2 * at + 1 < size) {
            int child = 2 * at + 1;
            if (child + 1 < size && isBetter(heap[child], heap[child + 1])) {
                child++;
            }
            if (!isBetter(target, heap[child])) {
                break;
            }
            heap[at] = heap[child];
            at = child;
        }
        heap[at] = target;
    }

    private boolean isBetter(int target, int other) {
        int compared = Double.compare(scores[target] + 0.0, scores[other] + 0.0);
        if (compared != 0) {
            return compared > 0;
        }
        int hashes = Long.compare(StableHash.mix(seed ^ target), StableHash.mix(seed ^ other));
        return hashes != 0 ? hashes > 0 : target < other;
    }
}
