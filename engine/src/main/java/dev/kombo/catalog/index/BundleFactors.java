package dev.kombo.catalog.index;

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
 */
public record BundleFactors(
        float @Nullable [] vector, float norm, float @Nullable [] direction, float @Nullable [] members) {
    static final BundleFactors NONE = new BundleFactors(null, 0f, null, null);

    /** Touches that weigh as much as the members. */
    private static final float MEMBERS_WEIGHT = 10;

    /**
     * Builds them.
     *
     * @param own the bundle's own vector; null: none
     * @param mass its touches
     * @param vectors of its members, null where one is not known
     * @param slots of its members
     */
    static BundleFactors of(
            float @Nullable [] own, float mass, float[] @Nullable [] vectors, int[] slots, MemberDirections members) {
        float[] sum = new float[members.factors()];
        float[] propagated = new float[sum.length];
        float[] buffer = new float[sum.length];
        float least = Float.POSITIVE_INFINITY;
        for (int m = 0; m < vectors.length; m++) {
            float[] vector = vectors[m];
            float norm = vector == null ? 0f : norm(vector);
            if (vector != null && norm > 0) {
                add(sum, 1 / norm, vector);
                members.addDirection(slots[m], vector, norm, buffer, propagated);
                least = Math.min(least, norm);
            }
        }
        float[] plain = unit(sum);
        float[] vector = own;
        if (own == null && plain != null) {
            vector = plain.clone();
            scale(vector, least);
        }
        float norm = vector == null ? 0f : norm(vector);
        return vector != null && norm > 0
                ? new BundleFactors(
                        vector, norm, direction(vector, norm, own == null ? 0 : mass, plain), unit(propagated))
                : new BundleFactors(null, 0f, plain, unit(propagated));
    }

    private static float @Nullable [] direction(float[] vector, float norm, float mass, float @Nullable [] members) {
        if (members == null) {
            float[] alone = vector.clone();
            scale(alone, 1 / norm);
            return alone;
        }
        float[] blend = members.clone();
        scale(blend, MEMBERS_WEIGHT);
        add(blend, mass / norm, vector);
        return unit(blend);
    }

    /** Scales a vector to length 1 in place; null where it is zero. */
    private static float @Nullable [] unit(float[] vector) {
        float norm = norm(vector);
        if (norm == 0) {
            return null;
        }
        scale(vector, 1 / norm);
        return vector;
    }

    static float norm(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        float norm = (float) Math.sqrt(squares);
        return Float.isFinite(1 / norm) ? norm : 0f;
    }

    static void add(float[] sum, float scale, float[] vector) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += scale * vector[k];
        }
    }

    private static void scale(float[] vector, float factor) {
        for (int k = 0; k < vector.length; k++) {
            vector[k] *= factor;
        }
    }
}
