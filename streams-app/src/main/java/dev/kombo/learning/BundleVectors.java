package dev.kombo.learning;

import java.util.Arrays;

/**
 * Vectors of bundles. A bundle nobody has touched is what its members are; with every interaction its own vector, which
 * knows what the combination adds, counts more.
 */
public final class BundleVectors {
    private BundleVectors() {}

    /**
     * Blends members and own vector:
     *
     * <pre>
     *   (1 - a) * sum(quantity * member) / sum(quantity) + a * own,   a = n / (n + trust)
     * </pre>
     *
     * @param members vectors of the members; null for a member that has none: it is left out of the mean
     * @param quantities units of each member, at least 1
     * @param own the bundle's own vector, or null: the mean alone counts
     * @param interactions n, events that touched the bundle
     * @param trust interactions at which both count alike, above 0
     * @param out receives the result; all zeros where there is no vector at all. Where no member has a vector, the own
     *     one counts alone
     */
    public static void blend(
            float[][] members, int[] quantities, float[] own, long interactions, double trust, float[] out) {
        Arrays.fill(out, 0f);
        double units = 0;
        for (int i = 0; i < members.length; i++) {
            units += members[i] == null ? 0 : quantities[i];
        }
        double ownShare = own == null ? 0 : units == 0 ? 1 : interactions / (interactions + trust);
        for (int i = 0; i < members.length; i++) {
            if (members[i] != null) {
                Factors.addScaled(out, (float) ((1 - ownShare) * quantities[i] / units), members[i]);
            }
        }
        if (own != null) {
            Factors.addScaled(out, (float) ownShare, own);
        }
    }
}
