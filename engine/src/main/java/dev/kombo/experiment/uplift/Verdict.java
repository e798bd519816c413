package dev.kombo.experiment.uplift;

/** What can be said of an arm against another. */
public enum Verdict {
    /** Better: the interval lies above zero. */
    WINNING,
    /** Worse: the interval lies below zero. */
    LOSING,
    /** The interval holds zero. */
    UNDECIDED,
    /** Fewer shoppers were observed than the burn-in asks for. */
    TOO_EARLY,
    /** Shoppers did not enter the arms in the planned shares, so whatever is compared is not what was randomised. */
    BROKEN
}
