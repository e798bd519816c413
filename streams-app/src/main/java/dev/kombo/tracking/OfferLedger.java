package dev.kombo.tracking;

import dev.kombo.catalog.BundleMember;
import java.util.ArrayList;
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
    private List<Outcome> outcomes;
    private List<LostOutcome> lost;

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
        emit(Outcome.of(OutcomeKind.OFFERED, shopper, Slot.of(offer), eventId, offer.offeredAt())
                .slate(offer.bundleIds()));
        if (offers.size() > settings.maxOpenOffers()) {
            close(offers.remove(0), offer.offeredAt());
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
        return result();
    }

    /** An offer was seen, clicked or dismissed; it waits where the offer is not known. */
    public LedgerResult touch(Touch touch) {
        OpenOffer offer = find(touch.offerId());
        if (offer != null) {
            apply(offer, touch);
            // The touch may be late: what it led to may have been bought already.
            complete(null, offer, null, touch.eventId());
            return result();
        }
        List<WaitingTouch> waiting = state.waiting();
        waiting.add(new WaitingTouch(touch, settings.closesAt(touch.time())));
        if (waiting.size() > settings.maxWaiting()) {
            lose(waiting.remove(0).touch(), LostOutcome.Reason.UNKNOWN_OFFER);
        }
        return result();
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
        return result();
    }

    /** Something came back: what it was credited with is taken back. */
    public LedgerResult returned(Return back) {
        if (state.conversions().isEmpty() && pool.isEmpty()) {
            return LedgerResult.NONE;
        }
        for (Returns.Taken taken : new Returns(state.conversions(), pool).take(back)) {
            ConvertedBundle conversion = taken.conversion();
            emit(Outcome.of(OutcomeKind.RETURN, shopper, conversion.slot(), back.eventId(), back.time())
                    .bought(back.orderId(), taken.units(), taken.amount())
                    .viewThrough(conversion.viewThrough()));
        }
        return result();
    }

    /** Closes the offers and gives up the waiting touches whose time has come. */
    public LedgerResult expire(long now) {
        boolean closed = false;
        for (int i = 0; i < offers.size(); ) {
            if (offers.get(i).closesAt() <= now) {
                OpenOffer offer = offers.remove(i);
                close(offer, offer.closesAt());
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
                lose(waiting.remove(i).touch(), LostOutcome.Reason.UNKNOWN_OFFER);
            } else {
                i++;
            }
        }
        return result();
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
            lose(touch, LostOutcome.Reason.OFFER_CLOSED);
            return;
        }
        OfferedBundle bundle = touch.bundleId() == null ? null : offer.bundle(touch.bundleId());
        if (bundle == null && (touch.bundleId() != null || touch.kind() == TouchKind.CLICK)) {
            lose(touch, LostOutcome.Reason.BUNDLE_NOT_IN_OFFER);
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
            emit(Outcome.of(touch.kind().outcome(), shopper, slot, touch.eventId(), touch.time()));
        }
    }

    private void see(OpenOffer offer, String eventId, long time) {
        if (offer.see(time)) {
            emit(Outcome.of(OutcomeKind.IMPRESSION, shopper, Slot.of(offer), eventId, time));
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
        Candidate best = null;
        for (int i = 0; i < offers.size(); i++) {
            OpenOffer offer = offers.get(i);
            OfferedBundle bundle = offer.bundle(purchase.bundleId());
            if (bundle != null && !bundle.converted() && offer.attributes(purchase.time())) {
                Candidate candidate = new Candidate(offer, bundle, purchase.time(), offer == named);
                best = candidate.beats(best) ? candidate : best;
            }
        }
        if (best == null) {
            return;
        }
        OfferedBundle bundle = best.bundle();
        int quantity = purchase.quantity();
        Amount amount = Lines.fits(purchase.currency(), bundle.currency())
                ? new Amount(purchase.revenueMinor(), bundle.savingMinor() * quantity, bundle.currency())
                : new Amount(0, 0, bundle.currency());
        String order = purchase.orderId() == null ? "" : purchase.orderId();
        List<BoughtLine> lines = new ArrayList<>(bundle.members().size());
        for (BundleMember member : bundle.members()) {
            lines.add(new BoughtLine(
                    member.itemId(), member.quantity() * quantity, 0, bundle.currency(), order, purchase.time()));
        }
        convert(best, purchase.eventId(), quantity, amount, lines);
    }

    /** Converts what is covered by now: bundles with the item, or of the one offer. */
    private void complete(String itemId, OpenOffer only, OpenOffer named, String eventId) {
        while (!pool.isEmpty()) {
            Candidate best = null;
            for (int i = 0; i < offers.size(); i++) {
                OpenOffer offer = offers.get(i);
                if (only == null || offer == only) {
                    best = bestOf(offer, itemId, offer == named, best);
                }
            }
            if (best == null) {
                return;
            }
            List<BoughtLine> units = pool.consume(best.offer(), best.bundle());
            convert(best, eventId, 1, paid(units, best.bundle()), units);
        }
    }

    private Candidate bestOf(OpenOffer offer, String itemId, boolean named, Candidate bestSoFar) {
        Candidate best = bestSoFar;
        for (int i = 0; i < offer.bundles().size(); i++) {
            OfferedBundle bundle = offer.bundles().get(i);
            if (bundle.converted() || (itemId != null && !bundle.contains(itemId))) {
                continue;
            }
            long completedAt = pool.completedAt(offer, bundle);
            if (completedAt != UnitPool.NEVER && offer.attributes(completedAt)) {
                Candidate candidate = new Candidate(offer, bundle, completedAt, named);
                best = candidate.beats(best) ? candidate : best;
            }
        }
        return best;
    }

    /** What was paid for units, and saved against the list price; no saving is claimed where a price is unknown. */
    private static Amount paid(List<BoughtLine> units, OfferedBundle bundle) {
        long paid = 0;
        boolean known = true;
        for (BoughtLine line : units) {
            paid += line.unitPriceMinor() * line.quantity();
            known &= line.unitPriceMinor() > 0;
        }
        long listPrice = bundle.priceMinor() + bundle.savingMinor();
        return new Amount(paid, known ? Math.max(0, listPrice - paid) : 0, bundle.currency());
    }

    private void convert(Candidate winner, String eventId, int quantity, Amount amount, List<BoughtLine> units) {
        Slot slot = Slot.of(winner.offer(), winner.bundle());
        winner.bundle().convert();
        List<ConvertedBundle> conversions = state.conversions();
        conversions.add(new ConvertedBundle(slot, !winner.clicked(), quantity, amount, winner.time(), units));
        if (conversions.size() > settings.maxConversions()) {
            conversions.remove(0);
        }
        emit(Outcome.of(OutcomeKind.CONVERSION, shopper, slot, eventId, winner.time())
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
                emit(Outcome.of(OutcomeKind.PARTIAL_CONVERSION, shopper, Slot.of(offer, bundle), offer.offerId(), time)
                        .bought(null, units, Amount.NONE)
                        .viewThrough(bundle.clickedAt() == 0));
            }
        }
        if (!bought) {
            emit(Outcome.of(OutcomeKind.EXPIRED, shopper, Slot.of(offer), offer.offerId(), time));
        }
    }

    private void emit(Outcome outcome) {
        if (outcomes == null) {
            outcomes = new ArrayList<>(2);
        }
        outcomes.add(outcome);
    }

    private void lose(Touch touch, LostOutcome.Reason reason) {
        if (lost == null) {
            lost = new ArrayList<>(2);
        }
        lost.add(new LostOutcome(touch, reason));
    }

    private LedgerResult result() {
        if (outcomes == null && lost == null) {
            return LedgerResult.NONE;
        }
        LedgerResult result =
                new LedgerResult(outcomes == null ? List.of() : outcomes, lost == null ? List.of() : lost);
        outcomes = null;
        lost = null;
        return result;
    }
}
