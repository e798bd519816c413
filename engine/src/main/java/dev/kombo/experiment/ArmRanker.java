package dev.kombo.experiment;

/** Which weights rank the bundles of an arm. */
public enum ArmRanker {
    /** Those that the trainer published last. */
    LEARNED,
    /** Those that Kombo starts with. */
    PRIOR
}
