package dev.kombo.attribution;

/**
 * A touch that could not be accounted for.
 *
 * @param touch the touch
 * @param reason why
 */
public record LostOutcome(Touch touch, Reason reason) {

    /** Why a touch is lost. */
    public enum Reason {
        /** No offer of that id came within the attribution window. */
        UNKNOWN_OFFER("unknown-offer"),
        /** The offer does not hold the bundle, or a click names none. */
        BUNDLE_NOT_IN_OFFER("bundle-not-in-offer"),
        /** The touch is later than the offer's attribution window. */
        OFFER_CLOSED("offer-closed");

        private final String text;

        Reason(String text) {
            this.text = text;
        }

        /** The reason as it is published and counted. */
        public String text() {
            return text;
        }
    }
}
