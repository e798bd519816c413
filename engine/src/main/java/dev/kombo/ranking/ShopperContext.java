package dev.kombo.ranking;

import dev.kombo.entity.Entity;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.settings.Millis;
import org.jspecify.annotations.Nullable;

/**
 * Computes the inputs that all candidates of one request share: how well the shopper is known, and the occasion. A
 * linear ranker cannot use them, since they add the same to every score; a deep one learns which signals to trust for
 * whom. Counts are logarithms, 0 where nothing is known, scaled so that hardly any exceeds {@value #LIMIT}.
 */
public final class ShopperContext {
    /** Number of inputs. */
    public static final int SIZE = 8;

    private static final float LIMIT = 3f;
    private static final double COUNT_SCALE = 0.5;
    private static final double SPEND_SCALE = 0.2;
    private static final double DAY = Millis.DAY;

    private ShopperContext() {}

    /**
     * The inputs, each in [-{@value #LIMIT}, {@value #LIMIT}]: ln(1 + n) / 2 of views; of clicks and favourites; of
     * additions to the cart; of purchases; ln(1 + spend in minor units of the currency most is spent in) / 5; ln(1 +
     * days known) / 2; ln(1 + different items in cart and open order) / 2; what triggered the request: 1 an item, -1 a
     * bundle, 0 neither.
     *
     * @param request shopper and occasion
     */
    public static float[] of(RankingRequest request) {
        Behavior behavior = request.behavior();
        long clicks = (long) behavior.count(EventType.CLICK)
                + behavior.count(EventType.OFFER_CLICK)
                + behavior.count(EventType.FAVOURITE);
        long basket = (long) behavior.cart().lines().size()
                + (behavior.order() == null ? 0 : behavior.order().items().size());
        double days = behavior.firstSeen() == 0 ? 0 : ((double) request.now() - behavior.firstSeen()) / DAY;
        return new float[] {
            squash(behavior.count(EventType.VIEW), COUNT_SCALE),
            squash((double) clicks, COUNT_SCALE),
            squash(behavior.count(EventType.ADD_TO_CART), COUNT_SCALE),
            squash(behavior.count(EventType.PURCHASE), COUNT_SCALE),
            squash((double) largestSpend(behavior), SPEND_SCALE),
            squash(days, COUNT_SCALE),
            squash((double) basket, COUNT_SCALE),
            trigger(request.trigger())
        };
    }

    private static float squash(double amount, double scale) {
        return (float) Math.min(LIMIT, scale * Math.log1p(Math.max(0, amount)));
    }

    private static long largestSpend(Behavior behavior) {
        long largest = 0;
        for (long spend : behavior.spend().values()) {
            largest = Math.max(largest, spend);
        }
        return largest;
    }

    private static float trigger(@Nullable String entity) {
        if (entity == null) {
            return 0f;
        }
        return Entity.isItem(entity) ? 1f : Entity.isBundle(entity) ? -1f : 0f;
    }
}
