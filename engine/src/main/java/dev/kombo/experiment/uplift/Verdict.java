package dev.kombo.experiment.uplift;

/** The conclusion of a comparison. */
public enum Verdict {
    /** Better: the interval lies above zero. */
    WINNING,
    /** Worse: the interval lies below zero. */
    LOSING,
    /** Undecided: the interval includes zero. */
    UNDECIDED,
    /** Fewer shoppers were observed than the burn-in requires. */
    TOO_EARLY,
    /**
     * Sample ratio mismatch: shoppers were not assigned to the arms in the planned shares, so the arms are not
     * comparable.
     */
    BROKEN
}
