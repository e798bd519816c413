package dev.kombo.ranking;

import java.util.Arrays;

/**
 * The features of the conversion model, each with the prior of its weight: mean and standard deviation, for logits. The
 * prior is weak: shoppers who want the items convert more often, popular bundles convert more often than others and
 * expensive ones less, all by unknown amounts. Its numbers are round, and a few hundred conversions outweigh them.
 */
public enum ConversionFeature {
    /** Always 1: the base rate of conversion. */
    INTERCEPT("intercept", -4.5, 1.5),
    /** Relevance by Kombo's starting weights: their sum over the standardised signals. */
    PRIOR_RELEVANCE("prior-relevance", 0.25, 0.15),
    /** Calibrated logit of relevance by the ranker of the arm. */
    RELEVANCE("relevance", 0.05, 0.1),
    /** {@link Signal#POPULARITY_LONG}, standardised. */
    POPULARITY("popularity", 0.1, 0.15),
    /** {@link Signal#CATEGORY_AFFINITY}, standardised. */
    CATEGORY("category", 0.1, 0.15),
    /** {@link Signal#COSINE}, standardised: similarity to the shopper's earlier interactions. */
    COSINE("taste", 0.1, 0.15),
    /** {@link Signal#MEMBER_COSINE}, standardised: similarity of its members to the shopper's earlier interactions. */
    MEMBER_COSINE("member-taste", 0.1, 0.15),
    /** {@link Signal#MEMBER_OVERLAP}, standardised: whether the shopper interacted with its items recently. */
    OVERLAP("overlap", 0.1, 0.15),
    /** {@link Signal#BASKET_CONFIDENCE}, standardised: whether it is bought with the basket. */
    BASKET("basket", 0.1, 0.15),
    /** {@link Signal#BASKET_SHARE}: share of its members that are in the basket, 0 to 1. */
    BASKET_SHARE("basket-share", 0, 0.5),
    /** {@link Signal#OWN_REPEAT}, standardised: whether the shopper buys all of it repeatedly. */
    REPEAT("repeat", 0, 0.15),
    /** {@link Signal#CLICK_RATE}; {@link #BUNDLE_EFFECT} tells more. */
    CLICK_RATE("click-rate", 0, 0.2),
    /** {@link Signal#CONVERSION_RATE}. */
    CONVERSION_RATE("conversion-rate", 0, 0.2),
    /** Share of the list price saved at the offered price, 0 to 1. */
    SAVING("saving", 2, 1.5),
    /** ln of the offered price, less the mean log price of the candidates. */
    PRICE_LEVEL("price-level", -0.3, 0.3),
    /** ln(offered price of one unit over what the shopper usually pays); 0 without purchases. */
    PRICE("price", -0.1, 0.2),
    /** {@link Signal#EXPOSURE}: ln(1 + recent offers). */
    EXPOSURE("exposure", -0.2, 0.2),
    /** ln of the number of members. */
    SIZE("size", -0.2, 0.3),
    /** ln of the rank in the slate: lower ranks are seen less. */
    RANK("rank", -0.5, 0.3),
    /** Mean over the members of how strongly each is associated with something in the basket, 0 to 1. */
    BASKET_FIT("basket-fit", 0.5, 0.5),
    /**
     * Log lift of the shopper's interactions with the categories of its members: half the mean of the members and half
     * the least, since all of them must be wanted.
     */
    CATEGORY_PREFERENCE("category-taste", 8, 4),
    /** Log of the clicks on a bundle over those that this model expected, shrunk to 0. */
    BUNDLE_EFFECT("bundle-effect", 1, 0.3),
    /** This shopper's clicks on the bundle beyond those that this model expected, over these, shrunk to 0. */
    PAIR_EFFECT("pair-effect", 1, 0.3),
    /** 1 where a click is predicted instead of a conversion, else 0: by how much clicks are likelier. */
    CLICK("click", 1.5, 1);

    private static final ConversionFeature[] FEATURES = values();

    private final String label;
    private final double mean;
    private final double deviation;

    ConversionFeature(String label, double mean, double deviation) {
        this.label = label;
        this.mean = mean;
        this.deviation = deviation;
    }

    /** Number of features. */
    public static int count() {
        return FEATURES.length;
    }

    /** Names of all features, in order. */
    public static String[] labels() {
        return Arrays.stream(FEATURES).map(each -> each.label).toArray(String[]::new);
    }

    /** Returns the features of a click on a bundle, from those of a conversion. */
    public static float[] clicked(float[] features) {
        float[] clicked = features.clone();
        clicked[CLICK.ordinal()] = 1;
        return clicked;
    }

    /** Prior means of the weights. */
    public static double[] priorMeans() {
        return Arrays.stream(FEATURES).mapToDouble(each -> each.mean).toArray();
    }

    /** Prior standard deviations of the weights. */
    public static double[] priorDeviations() {
        return Arrays.stream(FEATURES).mapToDouble(each -> each.deviation).toArray();
    }
}
