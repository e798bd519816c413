package dev.kombo.ranking.shopper;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.profile.Holdings;
import org.jspecify.annotations.Nullable;

/**
 * How well the holdings of a customer, and what the customer does not hold, fit a product: naive Bayes over products,
 *
 * <pre>
 *   ln p(j) + Σ over held i of ln p(i | j) + Σ over other i of ln (1 - p(i | j)),
 *   p(i | j) = (c + k p(i)) / (n(j) + k)
 * </pre>
 *
 * where c customers hold both, n(j) hold j, and k = {@value #STRENGTH} draws rare products to the base rates; terms
 * that are equal for all j are left out. Not to hold what most holders of j have is evidence, too. Not thread-safe.
 */
public final class HoldingsLikelihood {
    private static final double STRENGTH = CatalogIndex.ABSENCE_STRENGTH;

    /** Levels of attributes count half: they say in part what the holdings say, and what one another say. */
    private static final float LEVELS = 0.5f;

    private final CatalogIndex index;
    private final ShopperItems items;
    private final LevelFit levels;
    private int held;
    private double customers;

    HoldingsLikelihood(CatalogIndex index, ShopperItems items, LevelFit levels) {
        this.index = index;
        this.items = items;
        this.levels = levels;
    }

    /** Loads a customer's holdings, null where none are known; the items must be cleared before. */
    void load(@Nullable Holdings holdings) {
        held = 0;
        customers = Math.max(1, (double) index.orders());
        for (int i = 0; holdings != null && i < holdings.size(); i++) {
            int ordinal = holdings.isHeld(i) ? index.itemOrdinal(holdings.item(i)) : CatalogIndex.UNKNOWN;
            if (ordinal != CatalogIndex.UNKNOWN) {
                items.flag(ordinal, ShopperItems.HELD);
                held++;
            }
        }
    }

    /** The logarithm for an item, up to a constant; 0 where the customer holds nothing. */
    public float of(int item) {
        ItemEntry entry = held == 0 ? null : index.itemAt(item);
        if (entry == null || entry.model() == null) {
            return 0f;
        }
        double holders = Math.max(0, (double) entry.model().purchases());
        double sum = index.logAbsence(item) + Math.log(holders + 1);
        int[] partners = entry.neighbors();
        int found = 0;
        for (int n = 0; n < partners.length; n++) {
            if (items.has(partners[n], ShopperItems.HELD)) {
                double common = entry.neighborOrders()[n];
                sum += present(partners[n], common, holders) - CatalogIndex.logAbsence(common, holders);
                found++;
            }
        }
        // A held product without a common customer; each of them counts the same.
        int others = held - found - (items.has(item, ShopperItems.HELD) ? 1 : 0);
        return LEVELS * levels.of(item) + (float) (sum + others * Math.log(STRENGTH / (holders + STRENGTH)));
    }

    private double present(int partner, double common, double holders) {
        double root = index.rootPurchases(partner);
        double share = Math.max(1, root * root) / customers;
        return Math.log((common + STRENGTH * share) / (share * (holders + STRENGTH)));
    }
}
