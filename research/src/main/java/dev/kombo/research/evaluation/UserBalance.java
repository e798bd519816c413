package dev.kombo.research.evaluation;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;

/**
 * Weights choices when the ranker is trained: (1 + earlier choices of the shopper) to the power of minus the exponent
 * (user balance). Trained on every choice equally, the ranker is dominated by active shoppers, whose choices are also
 * the hardest to predict because they already own the popular bundles. With an exponent of 1 each shopper counts about
 * the same, with 0 each choice does.
 */
record UserBalance(double exponent) {
    /**
     * The weight of the next choice, in (0, 1].
     *
     * @param before the shopper's behaviour before it
     */
    float weight(Behavior before) {
        if (exponent == 0) {
            return 1f;
        }
        double choices = (double) before.count(EventType.PURCHASE) + before.count(EventType.ADD_TO_CART);
        return (float) Math.pow(1 + choices, -exponent);
    }
}
