package dev.kombo.attribution;

/** Applies offer feedback to the offers that it names. */
final class OfferFeedback {
    private final Shopper shopper;
    private final LedgerResult.Collector results;

    OfferFeedback(Shopper shopper, LedgerResult.Collector results) {
        this.shopper = shopper;
        this.results = results;
    }

    void apply(OpenOffer offer, Feedback feedback) {
        if (feedback.time() >= offer.closesAt()) {
            results.lose(feedback, UnmatchedFeedback.Cause.OFFER_CLOSED);
            return;
        }
        OfferedBundle bundle = feedback.bundleId() == null ? null : offer.bundle(feedback.bundleId());
        if (bundle == null && (feedback.bundleId() != null || feedback.kind() == OutcomeKind.CLICK)) {
            results.lose(feedback, UnmatchedFeedback.Cause.BUNDLE_NOT_IN_OFFER);
            return;
        }
        see(offer, feedback.eventId(), feedback.time());
        boolean firstClick = feedback.kind() == OutcomeKind.CLICK && !clicked(offer);
        boolean first = switch (feedback.kind()) {
            case IMPRESSION, PURCHASED -> false;
            case CLICK -> bundle != null && bundle.click(feedback.time());
            case DISMISSAL -> bundle == null ? dismissAll(offer) : bundle.dismiss();
            // The offer remembers nothing of it: each is an outcome.
            default -> true;
        };
        if (first) {
            Outcome.Scope scope = bundle == null ? Outcome.Scope.of(offer) : Outcome.Scope.of(offer, bundle);
            results.add(Outcome.of(
                    feedback.kind(),
                    shopper,
                    scope,
                    feedback.eventId(),
                    feedback.time(),
                    firstClick ? Outcome.Bought.FIRST_CLICK : Outcome.Bought.NOTHING));
            if (bundle != null && feedback.kind() == OutcomeKind.CLICK) {
                results.engage(EngagementChange.clicked(bundle, feedback.time()));
            }
        }
    }

    void see(OpenOffer offer, String eventId, long time) {
        if (offer.see(time)) {
            results.add(Outcome.of(
                    OutcomeKind.IMPRESSION, shopper, Outcome.Scope.of(offer), eventId, time, Outcome.Bought.NOTHING));
            for (OfferedBundle bundle : offer.bundles()) {
                results.engage(EngagementChange.seen(bundle, time));
            }
        }
    }

    private static boolean clicked(OpenOffer offer) {
        boolean clicked = false;
        for (OfferedBundle bundle : offer.bundles()) {
            clicked |= bundle.clickedAt() != 0;
        }
        return clicked;
    }

    private static boolean dismissAll(OpenOffer offer) {
        boolean first = false;
        for (OfferedBundle bundle : offer.bundles()) {
            first |= bundle.dismiss();
        }
        return first;
    }
}
