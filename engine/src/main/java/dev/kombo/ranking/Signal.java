package dev.kombo.ranking;

import dev.kombo.ranking.signals.EngagementSignals;
import java.util.Arrays;

/**
 * The signals that the ranker reads of a bundle. The order is that of weights and of the signals in training examples:
 * if it changes, so does the shape of the rankers, and earlier ones are adapted by name. Each is measured in its own
 * unit and then standardised over one shopper's candidates, except for those whose scale carries evidence. The prior
 * weights were chosen by regressions on several data sets, on parts that no published figure is measured on but for
 * BundleRec electronic; negative ones count against a bundle.
 */
public enum Signal {
    /** Dot product of the shopper's and the bundle's factors: predicts how often such shoppers interact with it. */
    DOT("dot", 0.08f),
    /** Cosine of the shopper's taste and the bundle's direction, -1 to 1: preference without popularity. */
    COSINE("cosine", 0.15f),
    /** Cosine of the shopper's taste and the mean direction of its members, -1 to 1. */
    MEMBER_COSINE("member-cosine", 0.4f),
    /** Cosine of the factors of all items that the shopper bought and the mean direction of the members', -1 to 1. */
    PURCHASE_COSINE("purchase-cosine", 0.1f),
    /** Overlap of its members with those of bundles that the shopper interacted with: sum of weighted cosines. */
    CONTENT("content", 0.1f),
    /** How often the members are bought with items of the shopper's recent interactions: mean of the members' sums. */
    NEIGHBORS("neighbors", 0f),
    /**
     * ln(1 + 100 s), where s is the same in shares of the orders with these items, which keeps how popular the members
     * are.
     */
    NEIGHBOR_SHARES("neighbor-shares", 0.1f),
    /**
     * How well the customer's holdings fit the members: mean of their log likelihoods by naive Bayes; 0 without
     * holdings.
     */
    HOLDINGS_LIKELIHOOD("holdings-likelihood", 1f),
    /**
     * How much likelier customers with these attributes take the members that are not in the basket: mean of their
     * log-lifts; 0 without attributes. Not standardised: its size is its evidence.
     */
    LEVEL_LIFT("level-lift", 0.5f, false),
    /** ln(1 + long-term decayed popularity). */
    POPULARITY_LONG("popularity-long", 0.2f),
    /** ln(1 + long-term decayed popularity of the bundle itself), without its members. */
    OWN_POPULARITY("own-popularity", 0.55f),
    /** ln(1 + short-term decayed popularity). */
    POPULARITY_SHORT("popularity-short", 0.3f),
    /**
     * Number of members among the shopper's latest distinct entities, over the square root of the number of members.
     */
    MEMBER_OVERLAP("member-overlap", 0.12f),
    /** ln(1 + decayed number of own purchases) of the member bought least: above 0 only if all of them were bought. */
    OWN_REPEAT("own-repeat", 0.15f),
    /** ln(1 + number of own purchases, however long ago), mean of the members. */
    OWN_COUNT("own-count", 0f),
    /** How recently the members were bought: 1 just now, 1/2 after 14 days; mean of the members. */
    OWN_RECENCY("own-recency", 0.05f),
    /**
     * How likely the basket makes the members that are not in it: for each the highest confidence from an item of the
     * basket's latest twenty lines, and of these the lowest; 0 to 1.
     */
    BASKET_CONFIDENCE("basket-confidence", 0.1f),
    /** The same from the basket's latest three lines only. */
    LATEST_CONFIDENCE("latest-confidence", 0.15f),
    /** Share of the members that are in the basket, 0 to 1. */
    BASKET_SHARE("basket-share", 0.8f),
    /** How often the members are bought together: ln(1 + decayed common orders of the pair with the fewest). */
    SUPPORT("support", 0.15f),
    /**
     * How much the members belong together: common orders as a share of the more popular one's; of the loosest pair.
     */
    ALL_CONFIDENCE("all-confidence", 0.3f),
    /** ln of the number of members: large bundles are bought whole less often. */
    SIZE("size", -0.1f),
    /** The members' categories' share of the shopper's interest, mean of the members, 0 to 1. */
    CATEGORY_AFFINITY("category-affinity", 0.12f),
    /** Distance of the unit price from what the shopper usually pays: |ln ratio|; 0 without purchases. */
    PRICE_DISTANCE("price-distance", -0.06f),
    /** Saving as a share of the list price, 0 to 1. */
    DISCOUNT("discount", 0.06f),
    /** 1 for a bundle made just now, 1/2 after 30 days: 1 / (1 + age / 30 days). */
    FRESHNESS("freshness", 0f),
    /** ln(1 + recent offers of the bundle to this shopper). */
    EXPOSURE("exposure", -0.12f),
    /** Share of the trigger that is in the bundle: 0 or 1 for an item, in between for a bundle. */
    TRIGGER("trigger", 0.3f),
    /**
     * Click rate of the bundle's offers: ln of its rate over that of all bundles, shrunk to 0 for bundles with few
     * impressions; see {@link EngagementSignals}. Not standardised: that would amplify small evidence and undo the
     * shrinkage.
     */
    CLICK_RATE("click-rate", 0.1f, false),
    /** The same for the rate at which offers of it are bought whole. */
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

    /** The weight of the starting ranker. */
    public float priorWeight() {
        return priorWeight;
    }

    /** Whether it is standardised over the candidates; otherwise it is used as measured. */
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
        return Arrays.stream(SIGNALS).map(each -> each.label).toArray(String[]::new);
    }

    /** Weights of the starting ranker: one per signal, then an intercept of 0. */
    public static float[] priorWeights() {
        float[] weights = new float[SIGNALS.length + 1];
        for (int s = 0; s < SIGNALS.length; s++) {
            weights[s] = SIGNALS[s].priorWeight;
        }
        return weights;
    }

    /** Weights of the baseline, the intercept last: long-term popularity only. */
    public static float[] popularityWeights() {
        float[] weights = new float[SIGNALS.length + 1];
        weights[POPULARITY_LONG.ordinal()] = 1f;
        return weights;
    }
}
