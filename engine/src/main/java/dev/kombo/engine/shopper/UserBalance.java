package dev.kombo.engine.shopper;

import static dev.kombo.settings.Range.between;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.settings.Setting;

/**
 * Weights choices when the ranker is trained: (1 + earlier choices of the shopper) to the power of minus the exponent
 * (user balance). Trained on every choice equally, the ranker is dominated by active shoppers, whose choices are also
 * the hardest to predict because they already own the popular bundles. With an exponent of 1 each shopper counts about
 * the same, with 0 each choice does.
 */
public record UserBalance(double exponent) {
    public static final Setting<Double> USER_BALANCE = Setting.ofDouble(
                    "kombo.ranker.user.balance", 0, between(0.0, 1.0))
            .low("Exponent that reduces the weight of active shoppers when the ranker learns: a choice"
                    + " weighs 1 / (1 + the shopper's earlier choices) to this power. 0: all choices weigh the"
                    + " same; 1: all shoppers weigh about the same.");

    /**
     * The weight of the next choice, in (0, 1].
     *
     * @param before the shopper's behaviour before it
     */
    public float weight(Behavior before) {
        if (exponent == 0) {
            return 1f;
        }
        double choices = (double) before.count(EventType.PURCHASE) + before.count(EventType.ADD_TO_CART);
        return (float) Math.pow(1 + choices, -exponent);
    }
}
