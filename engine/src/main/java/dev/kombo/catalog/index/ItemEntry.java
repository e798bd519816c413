package dev.kombo.catalog.index;

import dev.kombo.entity.EntityModel;
import dev.kombo.entity.Item;
import org.jspecify.annotations.Nullable;

/**
 * The indexed data of one item: an immutable snapshot. The arrays are shared and must not be written.
 *
 * @param ordinal the item's number in this index
 * @param hash hash of the item as an entity
 * @param item the item; null: the catalogue does not have it
 * @param model its model; null: none
 * @param category number of its category in this index, or -1
 * @param bundles ordinals of the bundles that contain it, ordered by the bundles' hashes
 * @param neighbors ordinals of the items bought in the same orders, strongest first
 * @param neighborWeights decayed number of common orders of each of them
 * @param neighborOrders number of all common orders of each of them
 * @param logPopularityShort short-term popularity as a {@link LogPopularity} key
 * @param logPopularityLong the same for the long term
 * @param rootPurchases square root of the number of closed orders that contain it
 */
public record ItemEntry(
        int ordinal,
        long hash,
        @Nullable Item item,
        @Nullable EntityModel model,
        int category,
        int[] bundles,
        int[] neighbors,
        float[] neighborWeights,
        int[] neighborOrders,
        double logPopularityShort,
        double logPopularityLong,
        float rootPurchases) {
    private static final int[] NONE = {};
    private static final float[] NO_WEIGHTS = {};
    private static final double UNKNOWN = Double.NEGATIVE_INFINITY;

    /** Creates an entry of an item of which only the name is known. */
    static ItemEntry unknown(int ordinal, long hash) {
        return new ItemEntry(ordinal, hash, null, null, -1, NONE, NONE, NO_WEIGHTS, NONE, UNKNOWN, UNKNOWN, 0f);
    }

    /** Whether the catalogue has it, as an item or in a bundle. */
    boolean listed() {
        return item != null || bundles.length > 0;
    }

    /** Whether it belongs to a cluster of {@link ItemClusters}, once factors are in force. */
    boolean clustered() {
        return category < 0 && model != null && listed();
    }

    /** Units on hand; 0 where the catalogue does not have it. */
    long stock() {
        return item == null ? 0 : item.stock();
    }

    boolean priced() {
        return item != null && item.priced();
    }

    /** Whether it has a price and a known cost. */
    boolean costed() {
        return item != null && priced() && item.costMinor() >= 0;
    }

    ItemEntry withItem(@Nullable Item changed, int categoryNumber) {
        return with(changed, categoryNumber, bundles);
    }

    ItemEntry withBundles(int[] changed) {
        return with(item, category, changed);
    }

    private ItemEntry with(@Nullable Item newItem, int newCategory, int[] newBundles) {
        return new ItemEntry(
                ordinal,
                hash,
                newItem,
                model,
                newCategory,
                newBundles,
                neighbors,
                neighborWeights,
                neighborOrders,
                logPopularityShort,
                logPopularityLong,
                rootPurchases);
    }

    ItemEntry withModel(EntityModel changed, int[] partners, float[] weights, int[] orders, IndexSettings settings) {
        return new ItemEntry(
                ordinal,
                hash,
                item,
                changed,
                category,
                bundles,
                partners,
                weights,
                orders,
                LogPopularity.shortTerm(changed, settings.popularity()),
                LogPopularity.longTerm(changed, settings.popularity()),
                (float) Math.sqrt((double) Math.max(0, changed.purchases())));
    }

    ItemEntry withoutModel() {
        return new ItemEntry(
                ordinal, hash, item, null, category, bundles, NONE, NO_WEIGHTS, NONE, UNKNOWN, UNKNOWN, 0f);
    }
}
