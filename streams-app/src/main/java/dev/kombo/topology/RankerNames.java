package dev.kombo.topology;

/** Names of rankers: keys of ranker-model. */
final class RankerNames {
    /** The fused linear ranker. */
    static final String LINEAR = "linear";

    private RankerNames() {}
}
