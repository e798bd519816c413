package dev.kombo.ranking.rules;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.FactorSpace;
import dev.kombo.catalog.index.ItemEntry;
import dev.kombo.math.FactorMath;
import dev.kombo.profile.Cart;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.shopper.ShopperItems;
import java.util.Arrays;
import java.util.List;

/**
 * Finds the items that shoppers buy instead of an item of the basket rather than together with it. These are of the
 * same category, touched by the same shoppers (the cosine of the two vectors of factors), and bought together at most a
 * third as often as chance would have it, n_i n_j / N orders, where that is enough to tell (McAuley, Pandey, Leskovec:
 * Inferring Networks of Substitutable and Complementary Products, KDD 2015, tell the two kinds apart by co-views and
 * co-purchases as well). Needs no counts of its own. Touched by one thread.
 */
final class Substitutes {
    /** Where so many common orders are expected, chance leaves none of them once in twenty times. */
    private static final double FEWEST_EXPECTED = 3;

    private static final double MOST_SHARE = 1.0 / 3;
    private static final float LEAST_COSINE = 0.5f;

    private static final int FIRST_CAPACITY = 16;

    private final CatalogIndex index;
    private ItemEntry[] basket = new ItemEntry[FIRST_CAPACITY];

    /** The line of the basket before each with the same category, plus 1; 0 where there is none. */
    private int[] previous = new int[FIRST_CAPACITY];

    /** The last line of the basket by category, plus 1; 0 where there is none. */
    private int[] last = {};

    private long categoryMask;
    private int size;
    private double orders;

    Substitutes(CatalogIndex index) {
        this.index = index;
    }

    /** Takes in a basket. */
    void load(RankingRequest request) {
        for (int b = 0; b < size; b++) {
            last[basket[b].category()] = 0;
        }
        size = 0;
        categoryMask = 0;
        // Before the first order, none is expected.
        orders = index.orders() > 0 ? index.orders() : Double.POSITIVE_INFINITY;
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
        ItemEntry entry = item == CatalogIndex.UNKNOWN ? null : index.itemAt(item);
        if (entry != null && entry.category() >= 0) {
            int category = entry.category();
            if (size == basket.length) {
                basket = Arrays.copyOf(basket, 2 * size);
                previous = Arrays.copyOf(previous, 2 * size);
            }
            if (category >= last.length) {
                last = Arrays.copyOf(last, category + category / 2 + FIRST_CAPACITY);
            }
            basket[size] = entry;
            previous[size] = last[category];
            last[category] = ++size;
            categoryMask |= BundleEntry.mask(category);
        }
    }

    /** Whether a bundle has one. */
    boolean in(BundleEntry entry, ShopperItems items) {
        if ((entry.categoryMask() & categoryMask) == 0) {
            return false;
        }
        for (int m = 0; m < entry.size(); m++) {
            if (replaces(entry.member(m), entry.memberCategory(m), items)) {
                return true;
            }
        }
        return false;
    }

    /** Whether an item of a category is one. */
    boolean replaces(int item, int category, ShopperItems items) {
        int line = category >= 0 && category < last.length ? last[category] : 0;
        return line > 0 && unrelated(item, items) && replacesFrom(line, item);
    }

    /** Whether an item replaces a line of the basket or one before it with the same category. */
    private boolean replacesFrom(int line, int item) {
        double root = index.rootPurchases(item);
        for (int b = line; b > 0; b = previous[b - 1]) {
            double both = basket[b - 1].rootPurchases() * root;
            double expected = both * both / orders;
            if (expected >= FEWEST_EXPECTED && replaces(basket[b - 1], index.itemAt(item), expected)) {
                return true;
            }
        }
        return false;
    }

    /** What goes with something of the basket, is in it, or is looked at just now, is wanted. */
    private static boolean unrelated(int item, ShopperItems items) {
        return items.basketFit(item) == 0 && !items.has(item, ShopperItems.BASKET | ShopperItems.TRIGGER);
    }

    private boolean replaces(ItemEntry basketItem, ItemEntry other, double expected) {
        return Math.max(common(basketItem, other), common(other, basketItem)) <= MOST_SHARE * expected
                && cosine(basketItem, other) >= LEAST_COSINE;
    }

    /** Orders with both; of a pair that is not published, as many as of the published one with the fewest. */
    private static int common(ItemEntry one, ItemEntry other) {
        int fewest = Integer.MAX_VALUE;
        for (int n = 0; n < one.neighbors().length; n++) {
            int orders = one.neighborOrders()[n];
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
