package dev.kombo.ranking;

import dev.kombo.ranking.signals.ResponseSignals;

/**
 * What speaks for or against a bundle. The order is that of weights and of the signals in training examples: where
 * it changes, so does the shape of the rankers, and those of before are not used. Each is measured in its own unit and
 * then standardised over one shopper's candidates, but for those whose scale says how much is known. The prior weights
 * are near those that came out when fused rankings were fitted to real orders; negative ones count against.
 */
public enum Signal {
    /** Product of the shopper's factors and the bundle's: how much it is touched by such shoppers. */
    DOT("dot", 0.15f),
    /** Cosine of the same, -1 to 1: taste without popularity. */
    COSINE("cosine", 0.2f),
    /** Cosine of the shopper's factors and the mean direction of the members', -1 to 1. */
    MEMBER_COSINE("member-cosine", 0.3f),
    /** How much its members are those of bundles that the shopper touched: sum of weighted cosines. */
    CONTENT("content", 0.1f),
    /** How much the members are bought with the items that the shopper touched lately: mean of the members' sums. */
    NEIGHBORS("neighbors", 0f),
    /** ln(1 + long-term decayed popularity). */
    POPULARITY_LONG("popularity-long", 0.3f),
    /** ln(1 + long-term decayed popularity of the bundle itself), without that of a member. */
    OWN_POPULARITY("own-popularity", 0.4f),
    /** ln(1 + short-term decayed popularity). */
    POPULARITY_SHORT("popularity-short", 0.2f),
    /** Members among the latest different targets that the shopper touched, over the square root of the number of members. */
    MEMBER_OVERLAP("member-overlap", 0.15f),
    /** ln(1 + decayed number of own purchases) of the member bought least: above 0 only where all of them were bought. */
    OWN_REPEAT("own-repeat", 0.2f),
    /** How lately the members were bought: 1 just now, 1/2 after 14 days; mean of the members. */
    OWN_RECENCY("own-recency", 0.1f),
    /**
     * How likely the basket makes the members that are not in it: of each the greatest share of an item's orders that
     * held it too, and of these the least; 0 to 1.
     */
    BASKET_CONFIDENCE("basket-confidence", 0.4f),
    /** Share of the members that are in the basket, 0 to 1. */
    BASKET_SHARE("basket-share", 0.8f),
    /** How much the members are bought together: ln(1 + decayed common orders of the pair that has fewest). */
    SUPPORT("support", 0.3f),
    /** Share of the shopper's interest that goes to the members' categories, mean of the members, 0 to 1. */
    CATEGORY_AFFINITY("category-affinity", 0.12f),
    /** Distance of the price of one unit from what the shopper usually pays: |ln ratio|; 0 without purchases. */
    PRICE_DISTANCE("price-distance", -0.06f),
    /** Share of the list price that is saved, 0 to 1. */
    DISCOUNT("discount", 0.06f),
    /** 1 for a bundle made just now, 1/2 after 30 days: 1 / (1 + age / 30 days). */
    FRESHNESS("freshness", 0f),
    /** ln(1 + times the bundle was offered to this shopper lately). */
    EXPOSURE("exposure", -0.12f),
    /** Share of what triggered the offer that is in the bundle: an item is or is not, a bundle may be in part. */
    TRIGGER("trigger", 0.3f),
    /**
     * How often offers of the bundle are clicked: ln of its rate over that of all bundles, shrunk to 0 while it was
     * seldom shown; see {@link ResponseSignals}. Not standardised: that would blow up what little is known, and undo
     * the shrinkage.
     */
    CLICK_RATE("click-rate", 0.1f, false),
    /** The same of how often offers of it are bought whole. */
    CONVERSION_RATE("conversion-rate", 0.2f, false);

    private static final Signal[] SIGNALS = values();

    private final String label;
    private final float priorWeight;
    private final boolean standardized;

    Signal(String label, float priorWeight) {
        this(label, priorWeight, true);
    }

    Signal(String label, float priorWeight, boolean standardized) {
        this.label = label;
        this.priorWeight = priorWeight;
        this.standardized = standardized;
    }

    /** Stable name, as in reasons and published weights. */
    public String label() {
        return label;
    }

    /** Weight on the first day. */
    public float priorWeight() {
        return priorWeight;
    }

    /** Whether it is standardised over the candidates; if not, it is used as measured. */
    public boolean standardized() {
        return standardized;
    }

    /** Number of signals. */
    public static int count() {
        return SIGNALS.length;
    }

    /** The signal with the given ordinal. */
    public static Signal of(int ordinal) {
        return SIGNALS[ordinal];
    }

    /** Names of all signals, in order. */
    public static String[] labels() {
        String[] labels = new String[SIGNALS.length];
        for (int s = 0; s < labels.length; s++) {
            labels[s] = SIGNALS[s].label;
        }
        return labels;
    }

    /** Weights on the first day: one a signal, then an intercept of 0. */
    public static float[] priorWeights() {
        float[] weights = new float[SIGNALS.length + 1];
        for (int s = 0; s < SIGNALS.length; s++) {
            weights[s] = SIGNALS[s].priorWeight;
        }
        return weights;
    }

    /** Weights of the baseline, the intercept last: long-term popularity and nothing else. */
    public static float[] popularityWeights() {
        float[] weights = new float[SIGNALS.length + 1];
        weights[POPULARITY_LONG.ordinal()] = 1f;
        return weights;
    }
}
