package dev.kombo.engine;

import static dev.kombo.settings.Range.between;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.settings.Setting;

/**
 * What a choice weighs when the ranker learns: (1 + earlier choices of the shopper) to the power of minus the exponent.
 * A ranker that learns from choices as they come is one for busy shoppers, whose choices are many and the hardest to
 * foresee, as they have taken what is popular long ago. With an exponent of 1 each shopper counts about the same, with
 * 0 each choice.
 */
public record Evenness(double exponent) {
    public static final Setting<Double> USER_BALANCE = Setting.ofDouble(
                    "kombo.ranker.user.balance", 0, between(0.0, 1.0))
            .low("How much less a choice of an active shopper weighs when the ranker learns: 1 / (1 + earlier"
                    + " choices) to the power of the setting. 0: each choice weighs the same; 1: each shopper.");

    /** Each choice counts the same. */
    public static final Evenness OF_CHOICES = new Evenness(0);

    /**
     * The weight of the next choice, in (0, 1].
     *
     * @param before what the shopper did before it
     */
    public float weight(Behavior before) {
        if (exponent == 0) {
            return 1f;
        }
        double choices = (double) before.count(EventType.PURCHASE) + before.count(EventType.ADD_TO_CART);
        return (float) Math.pow(1 + choices, -exponent);
    }
}
