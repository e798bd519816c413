package dev.kombo.experiment;

/** What the shoppers of an arm are offered. */
public enum ArmKind {
    /** No offers; learned from like every arm. */
    HOLDOUT,
    /** The most popular bundles. */
    BASELINE,
    /** The bundles that the ranker chooses. */
    TREATMENT
}
