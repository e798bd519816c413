package dev.kombo.experiment;

/** The ranker weights that an arm uses. */
public enum ArmRanker {
    /** The weights that the trainer published last. */
    LEARNED,
    /** Kombo's starting weights. */
    PRIOR
}
