package dev.kombo.tracking;

import java.util.Collections;
import java.util.List;

/**
 * One shopper's open offers and what they are credited with. It changes its state in place, and is touched only by the
 * stream thread that owns the shopper's partition. Events come without duplicates, in any order.
 *
 * <p><b>Attribution.</b> A bundle of an offer converts once: when it is bought whole, or as soon as units bought after
 * the offer was made cover all its members. The offer must have been seen no later than the purchase that completes it;
 * any touch, and a purchase that names the offer, shows that it was seen (a dismissal does not take the credit away).
 * Where several bundles would convert, the offer that the purchase names wins, then the last touch: clicks before
 * impressions, later before earlier, lower rank before higher.
 *
 * <p><b>Money.</b> A unit is credited to one conversion at most. A partial conversion carries no money, since its units
 * may still convert a bundle of another open offer. A conversion's revenue is what was paid for its units in the
 * bundle's currency; it is 0 where the price is unknown or in another currency.
 */
public final class OfferLedger {
    private final AttributionSettings settings;
    private final Shopper shopper;
    private final LedgerState state;
    private final List<OpenOffer> offers;
    private final UnitPool pool;
    private final ResultCollector results = new ResultCollector();

    /** A ledger over stored state, which it changes in place. */
    public OfferLedger(AttributionSettings settings, Shopper shopper, LedgerState state) {
        this.settings = settings;
        this.shopper = shopper;
        this.state = state;
        this.offers = state.offers();
        this.pool = new UnitPool(state.bought(), settings.maxBoughtLines());
    }

    /** The state, to be stored. */
    public LedgerState state() {
        return state;
    }

    /** Open offers, oldest first; a view. */
    public List<OpenOffer> offers() {
        return Collections.unmodifiableList(offers);
    }

    /** Whether one bundle of an open offer, bought by now or not, holds both items: buying both may be its doing. */
    public boolean joins(String itemA, String itemB) {
        for (int o = 0; o < offers.size(); o++) {
            List<OfferedBundle> bundles = offers.get(o).bundles();
            for (int b = 0; b < bundles.size(); b++) {
                if (bundles.get(b).contains(itemA) && bundles.get(b).contains(itemB)) {
                    return true;
                }
            }
        }
        return false;
    }

    /** Earliest time at which {@link #expire} has something to do, or {@link Long#MAX_VALUE}. */
    public long nextDue() {
        long due = Long.MAX_VALUE;
        for (int i = 0; i < offers.size(); i++) {
            due = Math.min(due, offers.get(i).closesAt());
        }
        for (int i = 0; i < state.waiting().size(); i++) {
            due = Math.min(due, state.waiting().get(i).closesAt());
        }
        return due;
    }

    /**
     * An offer was made; touches that waited for it are applied. One that is open already changes nothing.
     *
     * @param offer the offer; the ledger's from now on
     * @param eventId the event that triggered it
     */
    public LedgerResult offered(OpenOffer offer, String eventId) {
        if (find(offer.offerId()) != null) {
            return LedgerResult.NONE;
        }
        offers.add(offer);
        results.add(Outcome.of(OutcomeKind.OFFERED, shopper, Slot.of(offer), eventId, offer.offeredAt())
                .slate(offer.bundleIds()));
        if (offers.size() > settings.maxOpenOffers()) {
            OpenOffer least = leastPromising();
            offers.remove(least);
            close(least, offer.offeredAt());
            pool.retainUsable(offers);
        }
        List<WaitingTouch> waiting = state.waiting();
        for (int i = 0; i < waiting.size(); ) {
            if (waiting.get(i).touch().offerId().equals(offer.offerId())) {
                apply(offer, waiting.remove(i).touch());
            } else {
                i++;
            }
        }
        complete(null, offer, null, eventId);
        return results.take();
    }

    /** An offer was seen, clicked or dismissed; it waits where the offer is not known. */
    public LedgerResult touch(Touch touch) {
        OpenOffer offer = find(touch.offerId());
        if (offer != null) {
            apply(offer, touch);
            // The touch may be late: what it led to may have been bought already.
            complete(null, offer, null, touch.eventId());
            return results.take();
        }
        List<WaitingTouch> waiting = state.waiting();
        waiting.add(new WaitingTouch(touch, settings.closesAt(touch.time())));
        if (waiting.size() > settings.maxWaiting()) {
            results.lose(waiting.remove(0).touch(), LostOutcome.Reason.UNKNOWN_OFFER);
        }
        return results.take();
    }

    /** Something was bought. */
    public LedgerResult purchase(Purchase purchase) {
        OpenOffer named = purchase.offerId() == null ? null : find(purchase.offerId());
        if (named != null) {
            if (named.holds(purchase) && purchase.time() < named.closesAt()) {
                see(named, purchase.eventId(), purchase.time());
            } else {
                named = null;
            }
        }
        if (purchase.bundleId() != null) {
            convertWhole(purchase, named);
        } else if (pool.add(purchase, offers)) {
            complete(purchase.itemId(), null, named, purchase.eventId());
        }
        if (named != null) {
            // That it was seen may be news.
            complete(null, named, named, purchase.eventId());
        }
        return results.take();
    }

    /** Something came back: what it was credited with is taken back. */
    public LedgerResult returned(Return back) {
        if (state.conversions().isEmpty() && pool.isEmpty()) {
            return LedgerResult.NONE;
        }
        for (Returns.Taken taken : new Returns(state.conversions(), pool).take(back)) {
            ConvertedBundle conversion = taken.conversion();
            results.add(Outcome.of(OutcomeKind.RETURN, shopper, conversion.slot(), back.eventId(), back.time())
                    .bought(back.orderId(), taken.units(), taken.amount())
                    .viewThrough(conversion.viewThrough()));
            if (conversion.lines().isEmpty()) {
                results.respond(BundleResponse.takenBack(conversion));
            }
        }
        return results.take();
    }

    /** Closes the offers and gives up the waiting touches whose time has come. */
    public LedgerResult expire(long now) {
        boolean closed = false;
        for (int i = 0; i < offers.size(); ) {
            if (offers.get(i).closesAt() <= now) {
                OpenOffer offer = offers.remove(i);
                close(offer, Math.min(offer.closesAt(), now));
                closed = true;
            } else {
                i++;
            }
        }
        if (closed) {
            pool.retainUsable(offers);
        }
        List<WaitingTouch> waiting = state.waiting();
        for (int i = 0; i < waiting.size(); ) {
            if (waiting.get(i).closesAt() <= now) {
                results.lose(waiting.remove(i).touch(), LostOutcome.Reason.UNKNOWN_OFFER);
            } else {
                i++;
            }
        }
        return results.take();
    }

    /** Ends everything before its time, as the shopper is forgotten; nothing is dated later than {@code now}. */
    public LedgerResult abandon(long now) {
        for (OpenOffer offer : offers) {
            close(offer, Math.min(offer.closesAt(), now));
        }
        offers.clear();
        pool.retainUsable(offers);
        for (WaitingTouch waiting : state.waiting()) {
            results.lose(waiting.touch(), LostOutcome.Reason.UNKNOWN_OFFER);
        }
        state.waiting().clear();
        return results.take();
    }

    /** The oldest of those that would be missed least: an unseen offer before a seen one, a clicked one last. */
    private OpenOffer leastPromising() {
        OpenOffer least = offers.get(0);
        for (int i = 1; i < offers.size() - 1; i++) {
            if (promise(offers.get(i)) < promise(least)) {
                least = offers.get(i);
            }
        }
        return least;
    }

    private static int promise(OpenOffer offer) {
        for (OfferedBundle bundle : offer.bundles()) {
            if (bundle.clickedAt() > 0) {
                return 2;
            }
        }
        return offer.impressedAt() > 0 ? 1 : 0;
    }

    private OpenOffer find(String offerId) {
        for (int i = offers.size() - 1; i >= 0; i--) {
            if (offers.get(i).offerId().equals(offerId)) {
                return offers.get(i);
            }
        }
        return null;
    }

    private void apply(OpenOffer offer, Touch touch) {
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
                    case IMPRESSION -> false;
                    case CLICK -> bundle.click(touch.time());
                    case DISMISSAL -> bundle == null ? dismissAll(offer) : bundle.dismiss();
                };
        if (first) {
            Slot slot = bundle == null ? Slot.of(offer) : Slot.of(offer, bundle);
            results.add(Outcome.of(touch.kind().outcome(), shopper, slot, touch.eventId(), touch.time()));
            if (touch.kind() == TouchKind.CLICK) {
                results.respond(BundleResponse.clicked(touch.bundleId(), touch.time()));
            }
        }
    }

    private void see(OpenOffer offer, String eventId, long time) {
        if (offer.see(time)) {
            results.add(Outcome.of(OutcomeKind.IMPRESSION, shopper, Slot.of(offer), eventId, time));
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

    private void convertWhole(Purchase purchase, OpenOffer named) {
        Candidate best = LastTouch.whole(offers, purchase, named);
        if (best == null) {
            return;
        }
        convert(
                best,
                purchase.eventId(),
                purchase.quantity(),
                Paid.whole(purchase, best.bundle()),
                Paid.members(purchase, best.bundle()));
        results.respond(BundleResponse.converted(best, true));
    }

    /** Converts what is covered by now: bundles with the item, or of the one offer. */
    private void complete(String itemId, OpenOffer only, OpenOffer named, String eventId) {
        while (!pool.isEmpty()) {
            Candidate best = LastTouch.completed(only == null ? offers : List.of(only), pool, itemId, named);
            if (best == null) {
                return;
            }
            List<BoughtLine> units = pool.consume(best.offer(), best.bundle());
            convert(best, eventId, 1, Paid.oneByOne(units, best.bundle()), units);
            results.respond(BundleResponse.converted(best, best.named() || best.clicked()));
        }
    }

    private void convert(Candidate winner, String eventId, int quantity, Amount amount, List<BoughtLine> units) {
        Slot slot = Slot.of(winner.offer(), winner.bundle());
        winner.bundle().convert();
        List<ConvertedBundle> conversions = state.conversions();
        conversions.add(new ConvertedBundle(slot, !winner.clicked(), quantity, amount, winner.time(), units));
        if (conversions.size() > settings.maxConversions()) {
            conversions.remove(0);
        }
        results.add(Outcome.of(OutcomeKind.CONVERSION, shopper, slot, eventId, winner.time())
                .bought(winner.orderOf(units), quantity, amount)
                .viewThrough(!winner.clicked()));
    }

    private void close(OpenOffer offer, long time) {
        boolean bought = false;
        for (OfferedBundle bundle : offer.bundles()) {
            int units = bundle.converted() ? 0 : pool.covered(offer, bundle);
            bought |= bundle.converted();
            if (units > 0 && offer.attributes(pool.newest(offer, bundle))) {
                bought = true;
                results.add(Outcome.of(
                                OutcomeKind.PARTIAL_CONVERSION, shopper, Slot.of(offer, bundle), offer.offerId(), time)
                        .bought(null, units, Amount.NONE)
                        .viewThrough(bundle.clickedAt() == 0));
            }
        }
        if (!bought) {
            results.add(Outcome.of(OutcomeKind.EXPIRED, shopper, Slot.of(offer), offer.offerId(), time));
        }
    }
}
