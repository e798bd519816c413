package dev.kombo.catalog.index;

import dev.kombo.catalog.CatalogRules;

/**
 * How much the members of a bundle are bought together. Both measures are those of the pair of members for which they
 * are least, because a set is not bought more often than any pair in it (the Apriori bound). A pair that neither of the
 * two publishes among its strongest neighbours counts 0.
 *
 * <p>The work grows with the square of the number of members. It ends with the first pair after which neither measure
 * can become less, and is not begun for more than {@link CatalogRules#MOST_MEMBERS} members: where an item publishes 30
 * neighbours, as by default, some pair of so many is never among them.
 *
 * @param support ln(1 + decayed number of common orders)
 * @param allConfidence share of the orders with the more popular of the two that hold both, 0 to 1 (all-confidence:
 *     Omiecinski, IEEE TKDE 2003)
 * @param pairs number of pairs that were compared
 */
record BundleSupport(float support, float allConfidence, int pairs) {
    private static final BundleSupport NONE = new BundleSupport(0f, 0f, 0);

    /** Measures these members, each of which is there once; both are 0 for fewer than two, and for too many. */
    static BundleSupport of(ItemEntry[] items) {
        if (items.length < 2 || items.length > CatalogRules.MOST_MEMBERS) {
            return NONE;
        }
        float weight = Float.POSITIVE_INFINITY;
        float confidence = 1f;
        int pairs = 0;
        for (int i = 0; i < items.length; i++) {
            for (int j = i + 1; j < items.length; j++) {
                int forth = neighbor(items[i], items[j]);
                int back = neighbor(items[j], items[i]);
                weight = Math.min(weight, Math.max(weight(items[i], forth), weight(items[j], back)));
                int common = Math.max(orders(items[i], forth), orders(items[j], back));
                confidence = Math.min(confidence, common / Math.max(1f, mostOrders(items[i], items[j])));
                pairs++;
                if (weight <= 0 && confidence <= 0) {
                    return new BundleSupport(0f, 0f, pairs);
                }
            }
        }
        return new BundleSupport((float) Math.log1p(Math.max(0f, weight)), confidence, pairs);
    }

    private static float mostOrders(ItemEntry item, ItemEntry other) {
        float root = Math.max(item.rootPurchases(), other.rootPurchases());
        return root * root;
    }

    private static int orders(ItemEntry item, int neighbor) {
        return neighbor < 0 ? 0 : item.neighborOrders()[neighbor];
    }

    private static float weight(ItemEntry item, int neighbor) {
        return neighbor < 0 ? 0f : item.neighborWeights()[neighbor];
    }

    private static int neighbor(ItemEntry item, ItemEntry partner) {
        int[] neighbors = item.neighbors();
        for (int n = 0; n < neighbors.length; n++) {
            if (neighbors[n] == partner.ordinal()) {
                return n;
            }
        }
        return -1;
    }
}
