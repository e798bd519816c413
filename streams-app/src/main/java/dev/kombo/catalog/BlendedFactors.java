package dev.kombo.catalog;

/**
 * A bundle's factors, blended from what was learned of the bundle itself and of its members; see {@link BundleEntry}.
 *
 * @param vector the blend, or null where nothing is known
 * @param norm its Euclidean length
 * @param bias the blended bias
 */
record BlendedFactors(float[] vector, float norm, float bias) {
    private static final BlendedFactors NONE = new BlendedFactors(null, 0f, 0f);

    static BlendedFactors of(TargetModel own, ItemEntry[] items, int[] quantities, double evidence) {
        int length = usable(own) ? own.vector().length : firstLength(items);
        if (length == 0) {
            return NONE;
        }
        double[] sum = new double[length];
        double bias = 0;
        double units = 0;
        for (int m = 0; m < items.length; m++) {
            TargetModel member = items[m].model();
            if (usable(member) && member.vector().length == length) {
                add(sum, member.vector(), quantities[m]);
                bias += (double) member.bias() * quantities[m];
                units += quantities[m];
            }
        }
        double ownShare = units == 0 ? 1 : ownShare(own, evidence);
        double memberShare = units == 0 ? 0 : (1 - ownShare) / units;
        double norm = 0;
        float[] vector = new float[length];
        for (int k = 0; k < length; k++) {
            double value = memberShare * sum[k] + (ownShare > 0 ? ownShare * own.vector()[k] : 0);
            vector[k] = (float) value;
            norm += value * value;
        }
        double blendedBias = memberShare * bias + (ownShare > 0 ? ownShare * own.bias() : 0);
        return new BlendedFactors(vector, (float) Math.sqrt(norm), (float) blendedBias);
    }

    private static double ownShare(TargetModel own, double evidence) {
        if (!usable(own) || own.interactions() <= 0) {
            return 0;
        }
        return own.interactions() / (own.interactions() + evidence);
    }

    private static int firstLength(ItemEntry[] items) {
        for (ItemEntry item : items) {
            if (usable(item.model())) {
                return item.model().vector().length;
            }
        }
        return 0;
    }

    private static boolean usable(TargetModel model) {
        if (model == null || !Float.isFinite(model.bias())) {
            return false;
        }
        double squares = 0;
        for (float component : model.vector()) {
            squares += (double) component * component;
        }
        return Double.isFinite(squares);
    }

    private static void add(double[] sum, float[] vector, int units) {
        for (int k = 0; k < sum.length; k++) {
            sum[k] += (double) units * vector[k];
        }
    }
}
