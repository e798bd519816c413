package dev.kombo.catalog.index;

/**
 * Measures how often the members of a bundle are bought together: ln(1 + weight of the weakest pair), where a pair's
 * weight is the decayed number of common orders that either of the two publishes. A set is not bought more often than
 * any pair in it (the Apriori bound). A pair that neither publishes among its strongest neighbours counts 0.
 */
final class BundleSupport {
    private BundleSupport() {}

    /** The support of these members; 0 for fewer than two. */
    static float of(ItemEntry[] items) {
        if (items.length < 2) {
            return 0f;
        }
        float least = Float.POSITIVE_INFINITY;
        for (int i = 0; i < items.length; i++) {
            for (int j = i + 1; j < items.length; j++) {
                least = Math.min(least, Math.max(weight(items[i], items[j]), weight(items[j], items[i])));
            }
        }
        return (float) Math.log1p(Math.max(0f, least));
    }

    private static float weight(ItemEntry item, ItemEntry partner) {
        int[] neighbors = item.neighbors();
        for (int n = 0; n < neighbors.length; n++) {
            if (neighbors[n] == partner.ordinal()) {
                return item.neighborWeights()[n];
            }
        }
        return 0f;
    }
}
