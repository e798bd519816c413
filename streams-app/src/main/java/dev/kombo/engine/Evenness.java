package dev.kombo.engine;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;

/**
 * What a choice weighs when the ranker learns: (1 + earlier choices of the shopper) to the power of minus the exponent.
 * A ranker that learns from choices as they come is one for busy shoppers, whose choices are many and the hardest to
 * foresee, as they have taken what is popular long ago. With an exponent of 1 each shopper counts about the same, with
 * 0 each choice.
 *
 * @param exponent 0 to 1
 */
public record Evenness(double exponent) {
    /** Each choice counts the same. */
    public static final Evenness OF_CHOICES = new Evenness(0);

    /** Refuses an exponent out of range. */
    public Evenness {
        if (!(exponent >= 0 && exponent <= 1)) {
            throw new IllegalArgumentException("exponent is " + exponent + "; expected: 0 to 1");
        }
    }

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
