package dev.kombo.catalog;

/**
 * What the index holds of one item: a snapshot that never changes. The arrays are shared and must not be written.
 *
 * @param ordinal the item's number in this index
 * @param hash hash of the item's target
 * @param item the item, or null where the catalogue does not have it
 * @param model what was learned of it, or null
 * @param category number of its category in this index, or -1
 * @param bundles ordinals of the bundles that contain it, by the hash of the bundle's target
 * @param neighbors ordinals of the items bought in the same orders, strongest first
 * @param neighborWeights decayed number of common orders of each of them
 * @param rootPurchases square root of the number of closed orders that contain it
 */
public record ItemEntry(
        int ordinal,
        long hash,
        Item item,
        TargetModel model,
        int category,
        int[] bundles,
        int[] neighbors,
        float[] neighborWeights,
        float rootPurchases) {
    private static final int[] NONE = {};
    private static final float[] NO_WEIGHTS = {};

    /** An item of which only the name is known. */
    static ItemEntry unknown(int ordinal, long hash) {
        return new ItemEntry(ordinal, hash, null, null, -1, NONE, NONE, NO_WEIGHTS, 0f);
    }

    ItemEntry withItem(Item changed, int categoryNumber) {
        return new ItemEntry(
                ordinal, hash, changed, model, categoryNumber, bundles, neighbors, neighborWeights, rootPurchases);
    }

    ItemEntry withBundles(int[] changed) {
        return new ItemEntry(ordinal, hash, item, model, category, changed, neighbors, neighborWeights, rootPurchases);
    }

    ItemEntry withModel(TargetModel changed, int[] partners, float[] weights) {
        float root = (float) Math.sqrt((double) Math.max(0, changed.purchases()));
        return new ItemEntry(ordinal, hash, item, changed, category, bundles, partners, weights, root);
    }

    ItemEntry withoutModel() {
        return new ItemEntry(ordinal, hash, item, null, category, bundles, NONE, NO_WEIGHTS, 0f);
    }

    /** Long-term popularity as a {@link LogPopularity} key. */
    double logPopularity(long halfLifeMillis) {
        return model == null
                ? Double.NEGATIVE_INFINITY
                : LogPopularity.key(model.popularityLong(), model.popularityTime(), halfLifeMillis);
    }
}
