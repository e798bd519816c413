package dev.kombo.ranking.contest;

import dev.kombo.profile.Behavior;
import dev.kombo.profile.Holdings;

/** The occasions on which rankers are compared: another one may be the best on each. */
public enum Occasion {
    /** Nothing is in the basket. */
    EMPTY_BASKET("empty-basket"),
    /** Something is in the cart or in the open order. */
    BASKET("basket"),
    /** The customer holds products, as at a bank or an insurer. */
    HOLDINGS("holdings");

    private static final Occasion[] OCCASIONS = values();

    private final String label;

    Occasion(String label) {
        this.label = label;
    }

    /** Stable name, as in metrics and on the page. */
    public String label() {
        return label;
    }

    /** Number of occasions. */
    public static int count() {
        return OCCASIONS.length;
    }

    /** The occasion with an ordinal; the first one where there is none. */
    public static Occasion of(int ordinal) {
        return ordinal > 0 && ordinal < OCCASIONS.length ? OCCASIONS[ordinal] : EMPTY_BASKET;
    }

    /** The occasion of a shopper as known. */
    public static Occasion of(Behavior behavior) {
        Holdings held = behavior.holdings();
        if (held != null && held.any()) {
            return HOLDINGS;
        }
        boolean empty = behavior.cart().lines().isEmpty() && behavior.order() == null;
        return empty ? EMPTY_BASKET : BASKET;
    }
}
