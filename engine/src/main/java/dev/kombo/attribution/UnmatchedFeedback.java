package dev.kombo.attribution;

/**
 * Offer feedback that could not be matched to an offer.
 *
 * @param feedback the feedback
 * @param reason why
 */
public record UnmatchedFeedback(Feedback feedback, Cause reason) {

    /** Why feedback could not be matched. */
    public enum Cause {
        /** No offer with that id arrived within the attribution window. */
        UNKNOWN_OFFER("unknown-offer"),
        /** The offer does not hold the bundle, or the click names no bundle. */
        BUNDLE_NOT_IN_OFFER("bundle-not-in-offer"),
        /** The feedback is later than the offer's attribution window. */
        OFFER_CLOSED("offer-closed");

        private final String text;

        Cause(String text) {
            this.text = text;
        }

        /** The reason as published and counted. */
        public String text() {
            return text;
        }
    }
}
