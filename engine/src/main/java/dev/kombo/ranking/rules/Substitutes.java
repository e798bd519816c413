package dev.kombo.ranking.rules;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.learning.factors.FactorMath;
import dev.kombo.profile.Cart;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.shopper.ItemMarks;
import java.util.Arrays;
import java.util.List;

/**
 * What shoppers take instead of an item of the basket and not beside it: of the same category, touched by the same
 * shoppers (the cosine of the two vectors of factors), and bought together at most a third as often as chance would have
 * it, n_i n_j / N orders, where that is enough to tell (McAuley, Pandey, Leskovec: Inferring Networks of Substitutable and
 * Complementary Products, KDD 2015, tell the two kinds apart by co-views and co-purchases as well). Needs no counts of its
 * own. Touched by one thread.
 */
final class Substitutes {
    /** Where so many common orders are expected, chance leaves none of them once in twenty times. */
    private static final double FEWEST_EXPECTED = 3;

    private static final double MOST_SHARE = 1.0 / 3;
    private static final float LEAST_COSINE = 0.5f;

    private final CatalogIndex index;
    private int[] basket = new int[16];
    private int size;

    Substitutes(CatalogIndex index) {
        this.index = index;
    }

    /** Takes in a basket. */
    void load(RankingRequest request) {
        size = 0;
        List<Cart.Line> lines = request.behavior().cart().lines();
        for (int i = 0; i < lines.size(); i++) {
            add(index.itemOrdinal(lines.get(i).itemId()));
        }
        if (request.behavior().order() != null) {
            List<String> ordered = request.behavior().order().items();
            for (int i = 0; i < ordered.size(); i++) {
                add(index.itemOrdinal(ordered.get(i)));
            }
        }
    }

    private void add(int item) {
        if (item != CatalogIndex.UNKNOWN) {
            if (size == basket.length) {
                basket = Arrays.copyOf(basket, 2 * size);
            }
            basket[size++] = item;
        }
    }

    /** Whether a bundle has one. */
    boolean in(BundleEntry entry, ItemMarks items) {
        for (int m = 0; m < entry.size() && size > 0; m++) {
            int category = entry.memberCategory(m);
            // What goes with something of the basket, is in it, or is looked at just now, is wanted.
            boolean judged = category >= 0
                    && items.basketFit(entry.member(m)) == 0
                    && !items.has(entry.member(m), ItemMarks.BASKET | ItemMarks.TRIGGER);
            for (int b = 0; judged && b < size; b++) {
                ItemEntry basketItem = index.itemAt(basket[b]);
                if (basketItem.category() == category && replace(basketItem, index.itemAt(entry.member(m)))) {
                    return true;
                }
            }
        }
        return false;
    }

    private boolean replace(ItemEntry basketItem, ItemEntry other) {
        double orders = index.orders();
        double root = (double) basketItem.rootPurchases() * other.rootPurchases();
        double expected = orders > 0 ? root * root / orders : 0;
        return expected >= FEWEST_EXPECTED
                && Math.max(common(basketItem, other), common(other, basketItem)) <= MOST_SHARE * expected
                && cosine(basketItem, other) >= LEAST_COSINE;
    }

    /** Orders with both; of a pair that is not published, as many as of the published one with the fewest. */
    private static int common(ItemEntry one, ItemEntry other) {
        int fewest = Integer.MAX_VALUE;
        for (int n = 0; n < one.neighbors().length; n++) {
            int orders = one.model().neighbors().get(n).orders();
            if (one.neighbors()[n] == other.ordinal()) {
                return orders;
            }
            fewest = Math.min(fewest, orders);
        }
        return one.neighbors().length == 0 ? 0 : fewest;
    }

    private float cosine(ItemEntry one, ItemEntry other) {
        FactorSpace space = index.factors().space();
        float[] first = space.vector(index.factors().slot(one.hash()));
        float[] second = space.vector(index.factors().slot(other.hash()));
        return first == null || second == null ? 0 : FactorMath.cosine(first, second);
    }
}
