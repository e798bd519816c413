package dev.kombo.attribution;

/** Applies offer feedback to the offers that it names. */
final class OfferTouches {
    private final Shopper shopper;
    private final ResultCollector results;

    OfferTouches(Shopper shopper, ResultCollector results) {
        this.shopper = shopper;
        this.results = results;
    }

    void apply(OpenOffer offer, Touch touch) {
        if (touch.time() >= offer.closesAt()) {
            results.lose(touch, LostOutcome.Reason.OFFER_CLOSED);
            return;
        }
        OfferedBundle bundle = touch.bundleId() == null ? null : offer.bundle(touch.bundleId());
        if (bundle == null && (touch.bundleId() != null || touch.kind() == TouchKind.CLICK)) {
            results.lose(touch, LostOutcome.Reason.BUNDLE_NOT_IN_OFFER);
            return;
        }
        see(offer, touch.eventId(), touch.time());
        boolean first =
                switch (touch.kind()) {
                    case IMPRESSION, PURCHASE -> false;
                    case CLICK -> bundle.click(touch.time());
                    case DISMISSAL -> bundle == null ? dismissAll(offer) : bundle.dismiss();
                };
        if (first) {
            OutcomeScope slot = bundle == null ? OutcomeScope.of(offer) : OutcomeScope.of(offer, bundle);
            results.add(Outcome.of(
                    touch.kind().outcome(), shopper, slot, touch.eventId(), touch.time(), Outcome.Bought.NOTHING));
            if (touch.kind() == TouchKind.CLICK) {
                results.respond(BundleResponse.clicked(touch.bundleId(), touch.time()));
            }
        }
    }

    void see(OpenOffer offer, String eventId, long time) {
        if (offer.see(time)) {
            results.add(
                    Outcome.of(OutcomeKind.IMPRESSION, shopper, OutcomeScope.of(offer), eventId, time, Outcome.Bought.NOTHING));
            for (OfferedBundle bundle : offer.bundles()) {
                results.respond(BundleResponse.seen(bundle, time));
            }
        }
    }

    private static boolean dismissAll(OpenOffer offer) {
        boolean first = false;
        for (OfferedBundle bundle : offer.bundles()) {
            first |= bundle.dismiss();
        }
        return first;
    }
}
