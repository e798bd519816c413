package dev.kombo.experiment;

/** What the shoppers of an arm get. */
public enum ArmKind {
    /** No offers; learned from like everyone. */
    HOLDOUT,
    /** Offers by popularity. */
    BASELINE,
    /** Offers by the ranker. */
    TREATMENT
}
