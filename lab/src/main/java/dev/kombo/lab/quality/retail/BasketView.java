package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.data.Basket;
import dev.kombo.lab.quality.data.OnlineRetailData;
import java.util.BitSet;

/**
 * A basket as it is predicted.
 *
 * @param basket the basket
 * @param items numbers of its items
 * @param position baskets before it in the stream
 * @param measured whether it counts
 */
record BasketView(Basket basket, BitSet items, int position, boolean measured) {
    static BasketView of(Basket basket, int position, boolean measured) {
        BitSet items = new BitSet();
        basket.lines().forEach(line -> items.set(line.item()));
        return new BasketView(basket, items, position, measured);
    }

    /** Whether a household might have bought it. */
    boolean small() {
        return basket.lines().size() <= OnlineRetailData.MOST_HOUSEHOLD_LINES;
    }

    /** Whether all the items are in it. */
    boolean holds(int[] members) {
        for (int member : members) {
            if (!items.get(member)) {
                return false;
            }
        }
        return true;
    }
}
