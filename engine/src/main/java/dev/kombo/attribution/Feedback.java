package dev.kombo.attribution;

/**
 * A shopper's feedback on an offer. The placement is known from the offer.
 *
 * @param kind kind of feedback
 * @param eventId the event
 * @param offerId the offer it names
 * @param bundleId the bundle it names; null: the whole slate, which is invalid for a click
 * @param time epoch milliseconds
 */
public record Feedback(FeedbackKind kind, String eventId, String offerId, String bundleId, long time) {
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
}
