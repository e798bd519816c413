package dev.kombo.engine.trainer;

/** Names of the trained models: the keys of ranker-model and training-example. */
public final class RankerNames {
    /** Predicts whether a shopper wants the items of a bundle. */
    public static final String RELEVANCE = "relevance";

    /** Predicts whether a shopper buys an offered bundle through the offer. */
    public static final String CONVERSION = "acceptance";

    private RankerNames() {}
}
