package dev.kombo.catalog.index;

import org.jspecify.annotations.Nullable;

/**
 * The factor vectors of one bundle in one {@link FactorSpace}: its own, and the mean of its members'. The arrays are
 * shared and must not be written.
 *
 * @param vector the bundle's own; before its first interaction, the mean direction of its members with the length of
 *     the shortest of them, because a set is not bought more often than its rarest member; null where neither is known
 * @param norm its Euclidean length
 * @param members mean of the directions of its members, at length 1; null where none is known
 */
public record BundleFactors(float @Nullable [] vector, float norm, float @Nullable [] members) {
    static final BundleFactors NONE = new BundleFactors(null, 0f, null);

    /**
     * Builds them.
     *
     * @param own the bundle's own vector; null: none
     * @param members vectors of its members, null where one is not known
     */
    static BundleFactors of(float @Nullable [] own, float[][] members) {
        float[] directions = null;
        float least = Float.POSITIVE_INFINITY;
        for (float[] member : members) {
            float norm = member == null ? 0f : norm(member);
            if (norm > 0) {
                directions = directions == null ? new float[member.length] : directions;
                add(directions, 1 / norm, member);
                least = Math.min(least, norm);
            }
        }
        float length = directions == null ? 0f : norm(directions);
        float[] vector = own;
        if (directions != null && length > 0) {
            scale(directions, 1 / length);
            if (own == null) {
                vector = directions.clone();
                scale(vector, least);
            }
        }
        float norm = vector == null ? 0f : norm(vector);
        return new BundleFactors(norm > 0 ? vector : null, norm, length > 0 ? directions : null);
    }

    private static float norm(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        float norm = (float) Math.sqrt(squares);
        return Float.isFinite(norm) ? norm : 0f;
    }

    private static void add(float[] sum, float scale, float[] vector) {
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
