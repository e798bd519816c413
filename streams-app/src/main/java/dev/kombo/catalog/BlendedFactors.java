package dev.kombo.catalog;

/**
 * A bundle's factors, blended from what was learned of the bundle itself and of its members; see {@link BundleEntry}.
 *
 * @param vector the blend, or null where nothing is known
 * @param norm its Euclidean length
 * @param bias the blended bias
 * @param members mean of the members alone
 */
record BlendedFactors(float[] vector, float norm, float bias, BundleEntry.MemberFactors members) {
    private static final BlendedFactors NONE = new BlendedFactors(null, 0f, 0f, BundleEntry.MemberFactors.NONE);

    static BlendedFactors of(TargetModel own, ItemEntry[] items, int[] quantities, double evidence) {
        int length = usable(own) ? own.vector().length : firstLength(items);
        if (length == 0) {
            return NONE;
        }
        float[] sum = new float[length];
        double bias = 0;
        float units = 0;
        for (int m = 0; m < items.length; m++) {
            TargetModel member = items[m].model();
            if (items[m].factorsUsable() && member.vector().length == length) {
                add(sum, member.vector(), quantities[m]);
                bias += (double) member.bias() * quantities[m];
                units += quantities[m];
            }
        }
        double ownShare = units == 0 ? 1 : ownShare(own, evidence);
        double memberShare = units == 0 ? 0 : (1 - ownShare) / units;
        double blendedBias = memberShare * bias + (ownShare > 0 ? ownShare * own.bias() : 0);
        BundleEntry.MemberFactors members = mean(sum, units);
        if (ownShare == 0) {
            // The same array, so that who compares a vector with both need do it once only.
            return new BlendedFactors(members.factors(), members.norm(), (float) blendedBias, members);
        }
        float[] vector = blend(sum, (float) memberShare, own, (float) ownShare);
        return new BlendedFactors(vector, norm(vector), (float) blendedBias, members);
    }

    private static float[] blend(float[] sum, float memberShare, TargetModel own, float ownShare) {
        float[] vector = new float[sum.length];
        for (int k = 0; k < vector.length; k++) {
            vector[k] = memberShare * sum[k];
        }
        add(vector, own.vector(), ownShare);
        return vector;
    }

    private static float norm(float[] vector) {
        double squares = 0;
        for (float component : vector) {
            squares += (double) component * component;
        }
        return (float) Math.sqrt(squares);
    }

    private static BundleEntry.MemberFactors mean(float[] sum, float units) {
        if (units == 0) {
            return BundleEntry.MemberFactors.NONE;
        }
        float[] mean = new float[sum.length];
        for (int k = 0; k < mean.length; k++) {
            mean[k] = sum[k] / units;
        }
        return new BundleEntry.MemberFactors(mean, norm(mean));
    }

    private static double ownShare(TargetModel own, double evidence) {
        if (!usable(own) || own.interactions() <= 0) {
            return 0;
        }
        return own.interactions() / (own.interactions() + evidence);
    }

    private static int firstLength(ItemEntry[] items) {
        for (ItemEntry item : items) {
            if (item.factorsUsable()) {
                return item.model().vector().length;
            }
        }
        return 0;
    }

    /** Whether a model has factors and a bias, and all of it is finite. */
    static boolean usable(TargetModel model) {
        if (model == null || !Float.isFinite(model.bias())) {
            return false;
        }
        double squares = 0;
        for (float component : model.vector()) {
            squares += (double) component * component;
        }
        return Double.isFinite(squares);
    }

    private static void add(float[] sum, float[] vector, float scale) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += scale * vector[k];
        }
    }
}
