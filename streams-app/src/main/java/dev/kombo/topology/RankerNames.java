package dev.kombo.topology;

/** Names of rankers: keys of ranker-model. */
final class RankerNames {
    /** Whether a shopper wants the items of a bundle. */
    static final String RELEVANCE = "relevance";

    private RankerNames() {}
}
