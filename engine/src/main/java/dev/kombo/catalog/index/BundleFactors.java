package dev.kombo.catalog.index;

import dev.kombo.math.FactorMath;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/**
 * The factor vectors of one bundle in one {@link FactorSpace}. The arrays are shared and must not be written.
 *
 * @param vector the bundle's own; before its first interaction, the mean direction of its members with the length of
 *     the shortest of them, because a set is not bought more often than its rarest member; null where neither is known
 * @param norm its Euclidean length
 * @param direction unit(n unit(vector) + {@value #MEMBERS_WEIGHT} unit(mean of the members' directions)), n being the
 *     bundle's mass: a bundle that few have touched resembles its members; null where neither is known
 * @param members mean of the {@link MemberDirections} of its members, at length 1; null where none is known
 * @param filled mean of the directions of its members where some fill slots, at length 1; null without slots, and where
 *     none is known
 */
public record BundleFactors(
        float @Nullable [] vector,
        float norm,
        float @Nullable [] direction,
        float @Nullable [] members,
        float @Nullable [] filled) {
    static final BundleFactors NONE = new BundleFactors(null, 0f, null, null, null);

    /** Touches that weigh as much as the members. */
    private static final float MEMBERS_WEIGHT = 10;

    /**
     * Builds them.
     *
     * @param own the bundle's own vector; null: none
     * @param mass its touches
     * @param vectors of its members, null where one is not known
     * @param slots of its members
     * @param fills whether some fill slots of the bundle
     */
    static BundleFactors of(
            float @Nullable [] own,
            float mass,
            float[] @Nullable [] vectors,
            int[] slots,
            boolean fills,
            MemberDirections members) {
        float[] sum = new float[members.factors()];
        float[] propagated = new float[sum.length];
        float[] buffer = new float[sum.length];
        float least = Float.POSITIVE_INFINITY;
        for (int m = 0; m < vectors.length; m++) {
            float[] vector = vectors[m];
            float norm = vector == null ? 0f : FactorMath.addUnit(sum, vector);
            if (vector != null && norm > 0) {
                members.addDirection(slots[m], vector, buffer, propagated);
                least = Math.min(least, norm);
            }
        }
        boolean known = FactorMath.toUnit(sum);
        boolean reached = FactorMath.toUnit(propagated);
        float[] filled = fills && known ? sum.clone() : null;
        float[] vector = own;
        if (own == null && known) {
            vector = new float[sum.length];
            FactorMath.addScaled(vector, least, sum);
        }
        // The members have used the buffer.
        Arrays.fill(buffer, 0f);
        if (vector == null || FactorMath.addUnit(buffer, vector) == 0) {
            return new BundleFactors(null, 0f, known ? sum : null, reached ? propagated : null, filled);
        }
        float @Nullable [] direction = buffer;
        if (known) {
            FactorMath.scale(sum, MEMBERS_WEIGHT);
            FactorMath.addScaled(sum, own == null ? 0 : mass, buffer);
            direction = FactorMath.toUnit(sum) ? sum : null;
        }
        return new BundleFactors(
                vector, (float) FactorMath.norm(vector), direction, reached ? propagated : null, filled);
    }
}
