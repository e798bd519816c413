package dev.kombo.catalog.index;

import dev.kombo.math.FactorMath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * Computes for each item a unit vector that represents the item as a member of bundles: its own factor vector, moved
 * towards the vectors of the bundles that contain it, in one {@link FactorSpace}:
 *
 * <pre>
 *   v' = unit(unit(v) + mean of unit(w) over the bundles that hold the item and have a vector w of their own)
 * </pre>
 *
 * so that an item also resembles what it is sold with (one step of propagation over the graph of items and bundles, as
 * in He et al.: LightGCN, 2020). The means are kept up to date: a bundle adds its direction to its members' sums, and
 * takes it back when it changes. Used only by the index's one writer.
 */
final class MemberDirections {
    private final int factors;
    private float[] @Nullable [] sums = new float[64][];
    private int[] counts = new int[64];
    private @Nullable Share[] shares = new Share[64];

    /** What a bundle has added to the sums of its members, by their slots. */
    private record Share(int[] slots, float[] own, float scale) {}

    MemberDirections(int factors) {
        this.factors = factors;
    }

    /** Length of the vectors. */
    int factors() {
        return factors;
    }

    /**
     * Replaces what a bundle adds to its members.
     *
     * @param own the bundle's vector, which is replaced, never changed; null: none
     * @param slots of its members, negative where there is none
     */
    void put(int bundle, float @Nullable [] own, int[] slots) {
        if (bundle >= shares.length) {
            shares = Arrays.copyOf(shares, Math.max(bundle + 1, 2 * shares.length));
        }
        Share before = shares[bundle];
        if (before != null && before.own() == own && Arrays.equals(before.slots(), slots)) {
            return;
        }
        if (before != null) {
            add(before, -1);
        }
        float length = own == null ? 0f : FactorMath.length(own);
        shares[bundle] = own != null && length > 0 ? new Share(slots, own, 1 / length) : null;
        if (shares[bundle] != null) {
            add(shares[bundle], 1);
        }
    }

    private void add(Share share, int sign) {
        for (int slot : share.slots()) {
            if (slot >= 0) {
                if (slot >= sums.length) {
                    int length = Math.max(slot + 1, 2 * sums.length);
                    sums = Arrays.copyOf(sums, length);
                    counts = Arrays.copyOf(counts, length);
                }
                counts[slot] += sign;
                if (counts[slot] == 0) {
                    sums[slot] = null;
                } else {
                    float[] sum = sums[slot] == null ? new float[factors] : sums[slot];
                    sums[slot] = sum;
                    FactorMath.addScaled(sum, sign * share.scale(), share.own());
                }
            }
        }
    }

    /**
     * Adds the direction v' of an item, at length 1, to a sum.
     *
     * @param vector the item's vector
     * @param into a buffer
     */
    void addDirection(int slot, float[] vector, float[] into, float[] sum) {
        Arrays.fill(into, 0f);
        FactorMath.addUnit(into, vector);
        if (slot < sums.length && sums[slot] != null) {
            FactorMath.addScaled(into, 1f / counts[slot], sums[slot]);
        }
        FactorMath.addUnit(sum, into);
    }
}
