package dev.kombo.ranking;

/**
 * What the acceptance of an offered bundle is told from, with what is believed of each weight before there is evidence:
 * mean and standard deviation, for logits. The belief is a mild one: whoever wants the items takes the offer more often,
 * popular bundles are taken more often than others, dear ones less, and nobody knows by how much. Its numbers are round
 * ones, and the evidence of a few hundred offers taken outweighs them.
 */
public enum AcceptanceFeature {
    /** Always 1: how often offers are taken at all. */
    INTERCEPT("intercept", -4.5, 1.5),
    /** Relevance by the weights that Kombo starts with: their sum over the standardised signals. */
    PRIOR_RELEVANCE("prior-relevance", 0.25, 0.15),
    /** Calibrated logit of relevance, as learned from what shoppers choose. */
    RELEVANCE("relevance", 0.05, 0.1),
    /** {@link Signal#POPULARITY_LONG}, standardised. */
    POPULARITY("popularity", 0.1, 0.15),
    /** {@link Signal#CATEGORY_AFFINITY}, standardised. */
    CATEGORY("category", 0.1, 0.15),
    /** {@link Signal#COSINE}, standardised: whether it goes with what was touched before. */
    TASTE("taste", 0.1, 0.15),
    /** {@link Signal#MEMBER_COSINE}, standardised: whether its members go with what was touched before. */
    MEMBER_TASTE("member-taste", 0.1, 0.15),
    /** {@link Signal#MEMBER_OVERLAP}, standardised: whether its items were touched lately. */
    OVERLAP("overlap", 0.1, 0.15),
    /** {@link Signal#BASKET_CONFIDENCE}, standardised: whether it goes with the basket. */
    BASKET("basket", 0.1, 0.15),
    /** {@link Signal#BASKET_SHARE}: part of it that is in the basket, 0 to 1. */
    BASKET_SHARE("basket-share", 0, 0.5),
    /** {@link Signal#OWN_REPEAT}, standardised: whether the shopper buys all of it again and again. */
    REPEAT("repeat", 0, 0.15),
    /** {@link Signal#CLICK_RATE}. */
    CLICK_RATE("click-rate", 0.3, 0.2),
    /** {@link Signal#CONVERSION_RATE}. */
    CONVERSION_RATE("conversion-rate", 0.3, 0.2),
    /** Share of the list price that is saved, at the offered price, 0 to 1. */
    SAVING("saving", 2, 1.5),
    /** ln of the price, as offered, less the mean over the candidates of the logarithm of theirs. */
    PRICE_LEVEL("price-level", -0.3, 0.3),
    /** ln(price of one unit, as offered, over what the shopper usually pays); 0 without purchases. */
    PRICE("price", -0.1, 0.2),
    /** {@link Signal#EXPOSURE}: ln(1 + times offered lately). */
    EXPOSURE("exposure", -0.2, 0.2),
    /** ln of the number of members. */
    SIZE("size", -0.2, 0.3),
    /** ln of the rank in the slate: lower ones are looked at less. */
    RANK("rank", -0.5, 0.3),
    /** Mean over the members of how surely each goes with something in the basket, 0 to 1. */
    BASKET_FIT("basket-fit", 0.5, 0.5),
    /** Mean over the members of the logarithm of how much likelier than others the shopper touches their category. */
    CATEGORY_TASTE("category-taste", 3, 2);

    private static final AcceptanceFeature[] FEATURES = values();

    private final String label;
    private final double mean;
    private final double deviation;

    AcceptanceFeature(String label, double mean, double deviation) {
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
        String[] labels = new String[FEATURES.length];
        for (int f = 0; f < labels.length; f++) {
            labels[f] = FEATURES[f].label;
        }
        return labels;
    }

    /** Weights as believed before there is evidence. */
    public static double[] priorMeans() {
        double[] means = new double[FEATURES.length];
        for (int f = 0; f < means.length; f++) {
            means[f] = FEATURES[f].mean;
        }
        return means;
    }

    /** How sure that belief is: standard deviations. */
    public static double[] priorDeviations() {
        double[] deviations = new double[FEATURES.length];
        for (int f = 0; f < deviations.length; f++) {
            deviations[f] = FEATURES[f].deviation;
        }
        return deviations;
    }
}
