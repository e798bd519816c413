package dev.kombo.attribution;

/** How a shopper touches an offer. */
public enum TouchKind {
    /** The slate was seen. */
    IMPRESSION(OutcomeKind.IMPRESSION),
    /** A bundle of it was clicked. */
    CLICK(OutcomeKind.CLICK),
    /** A bundle of it, or all of it, was waved away. */
    DISMISSAL(OutcomeKind.DISMISSAL),
    /** Something was bought that names the offer: so it was seen. */
    PURCHASE(OutcomeKind.IMPRESSION);

    private final OutcomeKind outcome;

    TouchKind(OutcomeKind outcome) {
        this.outcome = outcome;
    }

    OutcomeKind outcome() {
        return outcome;
    }
}
