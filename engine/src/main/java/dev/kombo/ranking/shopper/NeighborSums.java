package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import java.util.Arrays;

/**
 * Sums, per item, how often it is bought in the same orders as the items of the shopper's recent interactions, c being
 * the decayed number of common orders: shrunk cosines c / (√n √n' + {@value #SHRINKAGE}), and shares c / (n +
 * {@value #SHRINKAGE}) of the orders with the item that the shopper interacted with. By ordinal; cleared without
 * walking all items. Not thread-safe.
 */
public final class NeighborSums {
    private static final float SHRINKAGE = 10;

    private final CatalogIndex index;
    private float[] sums = new float[256];
    private float[] shares = new float[256];
    private int[] summed = new int[256];
    private int size;

    NeighborSums(CatalogIndex index) {
        this.index = index;
    }

    void clear() {
        for (int i = 0; i < size; i++) {
            sums[summed[i]] = 0f;
            shares[summed[i]] = 0f;
        }
        size = 0;
    }

    /** Adds the neighbours of an item that the shopper interacted with. */
    void add(ItemEntry source, float weight) {
        int[] neighbors = source.neighbors();
        float[] common = source.neighborWeights();
        float root = source.rootPurchases();
        float perShare = weight / (root * root + SHRINKAGE);
        for (int n = 0; n < neighbors.length; n++) {
            float sum = weight * common[n] / (root * index.rootPurchases(neighbors[n]) + SHRINKAGE);
            if (sum > 0) {
                add(neighbors[n], sum, perShare * common[n]);
            }
        }
    }

    private void add(int item, float sum, float share) {
        if (item >= sums.length) {
            sums = Arrays.copyOf(sums, Math.max(item + 1, 2 * sums.length));
            shares = Arrays.copyOf(shares, sums.length);
        }
        if (sums[item] == 0) {
            summed = size == summed.length ? Arrays.copyOf(summed, 2 * size) : summed;
            summed[size++] = item;
        }
        sums[item] += sum;
        shares[item] += share;
    }

    /** Sum of the shrunk cosines of an item. */
    public float of(int item) {
        return item < sums.length ? sums[item] : 0f;
    }

    /** Sum of the shares of an item. */
    public float share(int item) {
        return item < shares.length ? shares[item] : 0f;
    }
}
