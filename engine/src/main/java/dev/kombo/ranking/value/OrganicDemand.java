package dev.kombo.ranking.value;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.shopper.ItemMarks;
import dev.kombo.ranking.shopper.ShopperView;

/**
 * Estimates organic demand: the probability that a shopper buys an item within a horizon without an offer. Three
 * reasons are assumed to be independent:
 *
 * <ul>
 * <li>it is in the cart: the share of the shopper's cart lines that were bought, shrunk to {@value #COMPLETION} with a
 *       prior strength of one line; or it is in the open order and paid: 1;
 * <li>it is bought with the basket: the highest confidence from a basket item;
 * <li>the shopper buys it repeatedly: a Poisson process with a rate estimated from the decayed number of purchases,
 *       since a rate of n ln 2 / h leaves n purchases in the long run, decayed with half-life h.
 * </ul>
 */
final class OrganicDemand {
    /** Expected share of cart lines bought, for an unknown shopper. */
    static final double COMPLETION = 0.7;

    private static final double COMPLETION_EVIDENCE = 1;

    private final double horizonShare;
    private ItemMarks items;
    private double completion;

    /**
     * @param horizonMillis time within which a purchase counts as bought anyway
     */
    OrganicDemand(long horizonMillis) {
        horizonShare = Math.log(2) * horizonMillis / ShopperView.REPEAT_HALF_LIFE_MILLIS;
    }

    /** Loads a shopper, whose marks are loaded. */
    void load(ItemMarks marks, Behavior behavior) {
        items = marks;
        // What is still in the cart is neither bought nor abandoned.
        double open = behavior.cart().lines().size();
        double carts = Math.max(0, behavior.count(EventType.ADD_TO_CART) - open);
        double bought = Math.min(carts, behavior.count(EventType.PURCHASE));
        completion = (bought + COMPLETION_EVIDENCE * COMPLETION) / (carts + COMPLETION_EVIDENCE);
    }

    /** Probability that an item is bought anyway, 0 to 1. */
    double of(int item) {
        if (!items.isMarked(item)) {
            return 0;
        }
        int flags = items.flags(item);
        if ((flags & ItemMarks.ORDERED) != 0) {
            return 1;
        }
        double decayed = Math.expm1(items.repeat(item));
        double not = Math.exp(-decayed * horizonShare) * (1 - items.basketConfidence(item));
        return (flags & ItemMarks.BASKET) != 0 ? 1 - not * (1 - completion) : 1 - not;
    }
}
