package dev.kombo.lab.quality.retail;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;

/** What all candidates of a request share: how well the shopper is known, and what is in the basket. */
final class ShopperContext {
    /** Number of inputs. */
    static final int INPUTS = 5;

    private static final double DAY = 86_400_000.0;
    private static final double DAYS = 30;

    private ShopperContext() {}

    /** Inputs of about unit size. */
    static float[] of(Behavior behavior, long now) {
        double purchases = behavior.count(EventType.PURCHASE);
        double known = purchases == 0 ? 0 : Math.max(0, now - behavior.firstSeen()) / DAY;
        double away = purchases == 0 ? 0 : Math.max(0, now - behavior.lastSeen()) / DAY;
        int basket = behavior.order() == null ? 0 : behavior.order().items().size();
        return new float[] {
            (float) (Math.log1p(purchases) / 5),
            (float) Math.log1p(known / DAYS),
            (float) Math.log1p(away / DAYS),
            (float) (Math.log1p(basket) / 3),
            (float) (Math.log1p(behavior.purchases().size()) / 5)
        };
    }
}
