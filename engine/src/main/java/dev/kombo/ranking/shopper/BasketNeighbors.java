package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;

/**
 * Marks how strongly items are associated with an item of the basket, 0 to 1. An item that shares a bundle with it gets
 * 1. Otherwise the common orders decide: the share of them that chance does not explain, (c - e) / (c + 1) of c, where
 * e = n_i n_j / N are expected, so that a single common order is not taken for a habit.
 */
final class BasketNeighbors {
    /** Most bundles of an item that are examined. */
    private static final int MOST_BUNDLES = 100;

    private BasketNeighbors() {}

    /** Marks the items associated with an item of the basket. */
    static void mark(CatalogIndex index, int item, ItemMarks marks) {
        int[] bundles = index.bundlesOfItem(item);
        for (int b = 0; b < Math.min(bundles.length, MOST_BUNDLES); b++) {
            BundleEntry bundle = index.bundle(bundles[b]);
            for (int m = 0; bundle != null && m < bundle.size(); m++) {
                if (bundle.member(m) != item) {
                    marks.raiseBasketFit(bundle.member(m), 1f);
                }
            }
        }
        ItemEntry entry = index.itemAt(item);
        int[] neighbors = entry.neighbors();
        double share = entry.rootPurchases() * entry.rootPurchases() / Math.max(1.0, (double) index.orders());
        for (int n = 0; n < neighbors.length; n++) {
            double root = index.rootPurchases(neighbors[n]);
            double common = entry.model().neighbors().get(n).orders();
            double beyond = common - share * root * root;
            if (beyond > 0) {
                marks.raiseBasketFit(neighbors[n], (float) (beyond / (common + 1)));
            }
        }
    }
}
