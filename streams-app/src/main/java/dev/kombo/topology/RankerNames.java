package dev.kombo.topology;

/** Names of the models that rank: keys of ranker-model and training-example. */
final class RankerNames {
    /** Whether a shopper wants the items of a bundle. */
    static final String RELEVANCE = "relevance";

    /** Whether an offered bundle is taken. */
    static final String ACCEPTANCE = "acceptance";

    private RankerNames() {}
}
