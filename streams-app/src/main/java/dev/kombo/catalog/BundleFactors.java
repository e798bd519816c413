package dev.kombo.catalog;

/**
 * What the factors say of one bundle, in one {@link FactorSpace}. The arrays are shared and must not be written.
 *
 * @param vector of the bundle itself, or the mean of its members' where nobody has touched it yet; null where neither is
 *     known
 * @param norm its Euclidean length
 * @param members mean of the directions of its members, at length 1; null where none is known
 */
public record BundleFactors(float[] vector, float norm, float[] members) {
    static final BundleFactors NONE = new BundleFactors(null, 0f, null);

    /**
     * Assembles them.
     *
     * @param own the bundle's own vector, or null
     * @param members vectors of its members, null where one is not known
     */
    static BundleFactors of(float[] own, float[][] members) {
        float[] sum = null;
        float[] directions = null;
        int known = 0;
        for (float[] member : members) {
            float norm = member == null ? 0f : norm(member);
            if (norm > 0) {
                sum = sum == null ? new float[member.length] : sum;
                directions = directions == null ? new float[member.length] : directions;
                add(sum, 1f, member);
                add(directions, 1 / norm, member);
                known++;
            }
        }
        float[] vector = own;
        if (own == null && known > 0) {
            vector = sum;
            scale(vector, 1f / known);
        }
        float length = directions == null ? 0f : norm(directions);
        if (length > 0) {
            scale(directions, 1 / length);
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
