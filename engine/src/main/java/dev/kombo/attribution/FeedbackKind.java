package dev.kombo.attribution;

/** The kinds of feedback on an offer. */
public enum FeedbackKind {
    /** The slate was seen. */
    IMPRESSION(OutcomeKind.IMPRESSION),
    /** A bundle of it was clicked. */
    CLICK(OutcomeKind.CLICK),
    /** A bundle, or the whole slate, was dismissed. */
    DISMISSAL(OutcomeKind.DISMISSAL),
    /** A purchase named the offer, so it was seen. */
    PURCHASE(OutcomeKind.IMPRESSION);

    private final OutcomeKind outcome;

    FeedbackKind(OutcomeKind outcome) {
        this.outcome = outcome;
    }

    OutcomeKind outcome() {
        return outcome;
    }
}
