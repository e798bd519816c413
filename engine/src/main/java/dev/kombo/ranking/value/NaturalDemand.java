package dev.kombo.ranking.value;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.ranking.shopper.ItemMarks;
import dev.kombo.ranking.shopper.ShopperView;

/**
 * How likely a shopper buys an item without being offered it, within a horizon. Three reasons are taken as independent:
 *
 * <ul>
 *   <li>it lies in the cart: the share of what the shopper put in carts that was bought, drawn to {@value #COMPLETION} by one line;
 *       it was paid for in the order that is coming in: 1;
 *   <li>it goes with the basket: the largest share of a basket item's orders that held it too;
 *   <li>the shopper buys it again and again: a Poisson process whose rate the decayed number of purchases tells, as n
 *       purchases decayed with a half-life h are what a rate of n ln 2 / h leaves in the long run.
 * </ul>
 */
final class NaturalDemand {
    /** Share of cart lines that is expected to be bought of a shopper who is not known. */
    static final double COMPLETION = 0.7;

    private static final double COMPLETION_EVIDENCE = 1;

    private final double horizonShare;
    private ItemMarks items;
    private double completion;

    /**
     * @param horizonMillis time within which a purchase counts as bought anyway
     */
    NaturalDemand(long horizonMillis) {
        horizonShare = Math.log(2) * horizonMillis / ShopperView.REPEAT_HALF_LIFE_MILLIS;
    }

    /** Takes in a shopper, loaded into the marks. */
    void load(ItemMarks marks, Behavior behavior) {
        items = marks;
        // What still lies in the cart is neither bought nor left behind.
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
