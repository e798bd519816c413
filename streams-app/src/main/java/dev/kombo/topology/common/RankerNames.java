package dev.kombo.topology.common;

/** Names of the models that rank: keys of ranker-model and training-example. */
public final class RankerNames {
    /** Whether a shopper wants the items of a bundle. */
    public static final String RELEVANCE = "relevance";

    /** Whether an offered bundle is taken. */
    public static final String ACCEPTANCE = "acceptance";

    private RankerNames() {}
}
