package dev.kombo.attribution;

import dev.kombo.attribution.LedgerState.BoughtLine;
import dev.kombo.attribution.LedgerState.CreditSummary;
import dev.kombo.attribution.Outcome.Bought;
import dev.kombo.codec.Fields;
import dev.kombo.entity.BundleMember;
import dev.kombo.settings.Millis;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Objects;
import java.util.function.Function;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Tracks one shopper's open offers and attributes purchases and returns to them. Changes its state in place. Not
 * thread-safe: only the thread of the shopper's task uses it. Expects events without duplicates, in any order.
 *
 * <p><b>Attribution.</b> A bundle of an offer converts once: when it is bought whole, or as soon as units bought after
 * the offer was made cover all its members; a slot is covered by as many units as fill it, of the items that fill it or
 * of their alternatives. Whole means by its id, whatever the shopper swapped. The offer must have been seen no later
 * than the purchase that completes it; any feedback, and a purchase that names the offer, shows that it was seen (a
 * dismissal does not take the credit away). Where several bundles would convert, the offer that the purchase names
 * wins, then the last interaction: clicks before impressions, later before earlier, lower rank before higher. If a
 * shopper buys a whole bundle that no open offer holds, but that shares an item with an offered bundle that was seen
 * and has not converted, this counts as a cross-conversion of the offered bundle, chosen by the same order; it is a
 * count only, decided at the time of the purchase.
 *
 * <p><b>Money.</b> A unit is credited to one conversion at most. A partial conversion carries no money, since its units
 * may still convert a bundle of another open offer; nor does a cross-conversion, as the bundle was not the one offered.
 * A conversion's revenue is what was paid for its units in the bundle's currency; it is 0 where the price is unknown or
 * in another currency.
 *
 * <p><b>Login.</b> {@link #absorb} moves a session's offers to the user. They may arrive after the purchase that
 * identified the session, so units and bundles bought while they are awaited are kept for {@link #PATIENCE_MILLIS}.
 */
public final class OfferLedger {
    /** How long purchases that no open offer can use wait for a session's offers: one hour. */
    public static final long PATIENCE_MILLIS = Millis.HOUR;

    private final AttributionSettings settings;
    private final Shopper shopper;
    private final List<OpenOffer> offers;
    private final OpenOffers open;
    private final Supplier<LedgerState> reader;
    private final Function<String, OpenOffer.Content> contents;
    private final LedgerResult.Collector results = new LedgerResult.Collector();
    private final OfferFeedback offerFeedback;
    private final List<OpenOffer> closed = new ArrayList<>(0);
    private CreditSummary stored = CreditSummary.NONE;
    /** Null until it is read, like the three that work on it. */
    private LedgerState state;

    private UnattributedUnits pool;
    private UnattributedBundles bundles;
    private PendingFeedbackQueue waiting;

    /** Creates a ledger over stored state, which it changes in place. */
    public OfferLedger(AttributionSettings settings, Shopper shopper, LedgerState state) {
        this(settings, shopper, state.offers(), () -> state, id -> {
            throw new IllegalStateException("offer " + id + " has no stored content");
        });
        read();
    }

    /**
     * Creates a ledger whose {@link #offers(Fields, long) offers} and {@link #credit summary} are read next, and the
     * rest when it is first needed.
     *
     * @param reader reads the rest of the state; its offers are ignored
     * @param contents reads an offer's content by its id
     */
    public OfferLedger(
            AttributionSettings settings,
            Shopper shopper,
            Supplier<LedgerState> reader,
            Function<String, OpenOffer.Content> contents) {
        this(settings, shopper, new ArrayList<>(), reader, contents);
    }

    @SuppressWarnings("NullAway.Init") // The state is read when it is first needed.
    private OfferLedger(
            AttributionSettings settings,
            Shopper shopper,
            List<OpenOffer> offers,
            Supplier<LedgerState> reader,
            Function<String, OpenOffer.Content> contents) {
        this.settings = settings;
        this.shopper = shopper;
        this.offers = offers;
        this.open = new OpenOffers(offers);
        this.reader = reader;
        this.contents = contents;
        this.offerFeedback = new OfferFeedback(shopper, results);
    }

    /** The open offers without their contents; times are distances, first from the time of the latest event. */
    public void offers(Fields f, long latest) {
        long next = latest;
        long span = 0;
        int size = f.size(offers.size());
        for (int i = 0; i < size; i++) {
            if (f.reading()) {
                offers.add(new OpenOffer(contents));
            }
            OpenOffer offer = offers.get(i);
            offer.fields(f, next, span);
            next = offer.offeredAt();
            span = offer.closesAt() - offer.offeredAt();
        }
    }

    /** What decides whether the rest of the state must be read. */
    public void credit(Fields f) {
        stored = summary().fields(f);
    }

    private void read() {
        if (state == null) {
            LedgerState read = reader.get();
            state = new LedgerState(offers, read.bought(), read.conversions(), read.waiting(), read.bundles());
            pool = new UnattributedUnits(state.bought(), settings.maxBoughtLines());
            bundles = new UnattributedBundles(state.bundles(), offers, settings.maxWaiting());
            waiting = new PendingFeedbackQueue(state.waiting(), settings);
        }
    }

    /** The state, to be stored. */
    public LedgerState state() {
        read();
        return state;
    }

    private CreditSummary summary() {
        return state == null ? stored : new CreditSummary(waiting.nextDue(), Math.max(pool.newest(), bundles.newest()));
    }

    /** Open offers, oldest first; a view. */
    public List<OpenOffer> offers() {
        return Collections.unmodifiableList(offers);
    }

    /** Offers closed since the ledger was read; a view. */
    public List<OpenOffer> closed() {
        return Collections.unmodifiableList(closed);
    }

    /**
     * Whether one bundle of an open offer, converted or not, holds both items: the offer may be why both were bought.
     */
    public boolean joins(String itemA, String itemB) {
        return open.join(itemA, itemB);
    }

    /**
     * A bundle as it was last offered to the shopper; null where it is in no open offer.
     *
     * @param offerId the offer to look for first; null: none
     */
    public @Nullable OfferedBundle offered(String bundleId, @Nullable String offerId) {
        return open.bundle(bundleId, open.find(offerId));
    }

    /**
     * The members of a bundle that the shopper last bought whole through an offer and still has some of; empty where
     * that is not known.
     *
     * @param orderId the order to look for first; null: none
     */
    public List<BundleMember> boughtWhole(String bundleId, @Nullable String orderId) {
        read();
        ConvertedBundle last = null;
        for (ConvertedBundle conversion : state.conversions()) {
            boolean fits =
                    conversion.isWhole(bundleId) && (last == null || !last.isOf(orderId) || conversion.isOf(orderId));
            last = fits ? conversion : last;
        }
        return last == null ? List.of() : last.membersLeft();
    }

    /** Earliest time at which {@link #expire} has something to do, or {@link Long#MAX_VALUE}. */
    public long nextDue() {
        return Math.min(closesAt(), waitsUntil());
    }

    /** When the next open offer closes, or {@link Long#MAX_VALUE}. */
    public long closesAt() {
        return open.nextDue();
    }

    /** When the first waiting feedback, unit or bundle is given up, or {@link Long#MAX_VALUE}. */
    public long waitsUntil() {
        CreditSummary rest = summary();
        // While an offer is open, what no offer can use is forgotten when that offer closes.
        return offers.isEmpty() && rest.newestUncredited() != UnattributedUnits.NEVER
                ? Math.min(rest.waitingDue(), rest.newestUncredited() + PATIENCE_MILLIS)
                : rest.waitingDue();
    }

    /** Whether there are uncredited units or bundles; reads the state if there are any. */
    private boolean hasUncredited() {
        if (state == null && stored.newestUncredited() != UnattributedUnits.NEVER) {
            read();
        }
        return state != null && !(pool.isEmpty() && bundles.isEmpty());
    }

    /** Whether feedback waits; reads the state if there is any. */
    private boolean hasWaiting() {
        if (state == null && stored.waitingDue() != Long.MAX_VALUE) {
            read();
        }
        return state != null && !state.waiting().isEmpty();
    }

    /**
     * Opens an offer and applies the feedback that waited for it. Has no effect for an offer that is already open.
     *
     * @param offer the offer; owned by the ledger from now on
     * @param eventId the event that triggered it
     */
    public LedgerResult offered(OpenOffer offer, String eventId) {
        return offered(offer, eventId, Bought.NOTHING);
    }

    /**
     * The same under budgets.
     *
     * @param expected what the offer is expected to cost in discounts
     */
    public LedgerResult offered(OpenOffer offer, String eventId, Bought expected) {
        if (open.find(offer.offerId()) != null) {
            return LedgerResult.NONE;
        }
        offers.add(offer);
        results.add(Outcome.of(
                OutcomeKind.OFFERED,
                shopper,
                Outcome.Scope.of(offer),
                eventId,
                offer.offeredAt(),
                offer.bundleIds(),
                expected));
        closeSurplus(offer.offeredAt());
        applyWaiting(offer);
        claim();
        complete(null, offer, null, eventId);
        return results.take();
    }

    /** Records that an offer was seen, clicked or dismissed; feedback on an unknown offer waits. */
    public LedgerResult feedback(Feedback feedback) {
        OpenOffer offer = open.find(feedback.offerId());
        if (offer == null) {
            read();
            waiting.add(feedback, results);
        } else {
            offerFeedback.apply(offer, feedback);
            // The feedback may be late: the bundle may have been bought already.
            claim();
            complete(null, offer, null, feedback.eventId());
        }
        return results.take();
    }

    /**
     * Takes over the ledger of a session whose visitor turned out to be this user. Offers keep their assignment, so
     * their outcomes are accounted for in the arm where they were made.
     *
     * @param session state of the session's ledger; not to be used afterwards
     * @param eventId the event that identified the visitor
     * @param now its time, epoch milliseconds
     */
    public LedgerResult absorb(LedgerState session, String eventId, long now) {
        read();
        open.absorb(session.offers());
        session.bought().forEach(pool::insert);
        session.bundles().forEach(bundles::insert);
        waiting.absorb(session.waiting(), results);
        state.conversions().addAll(session.conversions());
        state.conversions().sort(Comparator.comparingLong(ConvertedBundle::convertedAt));
        while (state.conversions().size() > settings.maxConversions()) {
            state.conversions().remove(0);
        }
        closeSurplus(now);
        for (OpenOffer offer : offers) {
            applyWaiting(offer);
        }
        claim();
        complete(null, null, null, eventId);
        return results.take();
    }

    /** {@link #purchase(Purchase, List, boolean)} of an item or of an unknown bundle, with no offers awaited. */
    public LedgerResult purchase(Purchase purchase) {
        return purchase(purchase, List.of(), false);
    }

    /**
     * Records a purchase.
     *
     * @param members members of the bundle that was bought; empty for an item or an unknown bundle
     * @param awaited whether offers of a session may still come
     */
    public LedgerResult purchase(Purchase purchase, List<BundleMember> members, boolean awaited) {
        read();
        OpenOffer named = purchase.offerId() == null ? null : named(purchase);
        if (purchase.bundleId() != null) {
            AttributionCandidate best = LastTouch.whole(offers, purchase, named);
            if (best != null) {
                convertWhole(best, purchase);
            } else {
                bundles.keep(purchase, awaited);
                cross(purchase, members);
            }
        } else if (pool.add(purchase, offers, awaited)) {
            complete(purchase.itemId(), null, named, purchase.eventId());
        }
        if (named != null) {
            // The purchase may be the first sign that the offer was seen.
            claim();
            complete(null, named, named, purchase.eventId());
        }
        return results.take();
    }

    /**
     * The offer that a purchase names, which shows that it was seen; null where there is none, it has closed, or it
     * does not hold what was bought.
     */
    private @Nullable OpenOffer named(Purchase purchase) {
        OpenOffer offer = open.find(purchase.offerId());
        if (offer == null) {
            waiting.add(purchase, results);
            return null;
        }
        if (!offer.holds(purchase) || purchase.time() >= offer.closesAt()) {
            return null;
        }
        offerFeedback.see(offer, purchase.eventId(), purchase.time());
        return offer;
    }

    /** Records a return and takes back what it was credited with. */
    public LedgerResult returned(Return back) {
        read();
        if (state.conversions().isEmpty() && !hasUncredited()) {
            return LedgerResult.NONE;
        }
        for (ReturnMatcher.Taken taken : new ReturnMatcher(state.conversions(), pool, bundles).take(back)) {
            ConvertedBundle conversion = taken.conversion();
            Bought returned = new Bought(
                    back.orderId(),
                    taken.units(),
                    taken.amount(),
                    conversion.viewThrough(),
                    conversion.giveBack(),
                    List.of());
            results.add(
                    Outcome.of(OutcomeKind.RETURN, shopper, conversion.scope(), back.eventId(), back.time(), returned));
            if (conversion.lines().isEmpty()) {
                results.engage(EngagementChange.takenBack(conversion));
            }
        }
        return results.take();
    }

    /**
     * Closes the offers and gives up the waiting feedback whose time has come.
     *
     * @param awaited whether offers of a session may still come
     */
    public LedgerResult expire(long now, boolean awaited) {
        List<OpenOffer> due = TimeOrder.take(offers, offer -> offer.closesAt() <= now);
        for (int i = 0; i < due.size(); i++) {
            close(due.get(i), Math.min(due.get(i).closesAt(), now));
        }
        if ((!due.isEmpty() || offers.isEmpty()) && hasUncredited()) {
            long since = awaited ? now - PATIENCE_MILLIS : Long.MAX_VALUE;
            pool.retain(offers, since);
            bundles.retain(since);
        }
        if (hasWaiting()) {
            waiting.expire(now, results);
        }
        return results.take();
    }

    /** Closes everything early because the shopper is forgotten; no outcome is dated later than {@code now}. */
    public LedgerResult abandon(long now) {
        read();
        for (OpenOffer offer : offers) {
            close(offer, Math.min(offer.closesAt(), now));
        }
        offers.clear();
        state.bought().clear();
        state.bundles().clear();
        waiting.expire(Long.MAX_VALUE, results);
        return results.take();
    }

    private void applyWaiting(OpenOffer offer) {
        if (hasWaiting()) {
            waiting.take(offer).forEach(one -> offerFeedback.apply(offer, one.feedback()));
        }
    }

    private void closeSurplus(long now) {
        while (offers.size() > settings.maxOpenOffers()) {
            close(open.takeLeastPromising(), now);
        }
    }

    private void convertWhole(AttributionCandidate winner, Purchase purchase) {
        convert(
                winner,
                purchase.eventId(),
                purchase.quantity(),
                ConversionAmount.whole(purchase, winner.bundle()),
                ConversionAmount.members(purchase, winner.bundle()),
                winner.bundle());
        results.engage(EngagementChange.converted(winner, true));
    }

    /** Converts whole bundles bought earlier that can now be credited to an offer. */
    private void claim() {
        for (int i = 0; hasUncredited() && i < bundles.purchases().size(); ) {
            Purchase purchase = bundles.purchases().get(i);
            AttributionCandidate best = LastTouch.whole(offers, purchase, open.find(purchase.offerId()));
            if (best == null) {
                i++;
            } else {
                bundles.purchases().remove(i);
                convertWhole(best, purchase);
            }
        }
    }

    private void cross(Purchase purchase, List<BundleMember> members) {
        AttributionCandidate best =
                open.hold(purchase.bundleId(), purchase.time()) ? null : LastTouch.sharing(offers, purchase, members);
        if (best != null) {
            Outcome.Scope scope = Outcome.Scope.of(best.offer(), best.bundle());
            results.add(Outcome.of(
                    OutcomeKind.CROSS_CONVERSION,
                    shopper,
                    scope,
                    purchase.eventId(),
                    purchase.time(),
                    List.of(Objects.requireNonNull(purchase.bundleId())),
                    new Bought(purchase.orderId(), purchase.quantity(), Amount.NONE, !best.clicked())));
        }
    }

    /** Converts bundles whose members are all bought by now: those with the item, or those of the one offer. */
    private void complete(
            @Nullable String itemId, @Nullable OpenOffer only, @Nullable OpenOffer named, String eventId) {
        while (hasUncredited() && !pool.isEmpty()) {
            AttributionCandidate best = LastTouch.completed(only == null ? offers : List.of(only), pool, itemId, named);
            if (best == null) {
                return;
            }
            List<BoughtLine> units = pool.consume(best.offer(), best.bundle());
            convert(best, eventId, 1, ConversionAmount.oneByOne(units, best.bundle()), units, null);
            results.engage(EngagementChange.converted(best, best.named() || best.clicked()));
        }
    }

    /** Credits units to an offered bundle; null: they have prices of their own, else those of its members. */
    private void convert(
            AttributionCandidate winner,
            String eventId,
            int quantity,
            Amount amount,
            List<BoughtLine> units,
            @Nullable OfferedBundle whole) {
        Outcome.Scope scope = Outcome.Scope.of(winner.offer(), winner.bundle());
        winner.bundle().convert();
        List<ConvertedBundle> conversions = state.conversions();
        ConvertedBundle conversion =
                new ConvertedBundle(scope, !winner.clicked(), quantity, amount, winner.time(), units);
        conversions.add(whole == null ? conversion.divide() : conversion.divide(whole));
        if (conversions.size() > settings.maxConversions()) {
            conversions.remove(0);
        }
        Bought bought = new Bought(winner.orderOf(units), quantity, amount, !winner.clicked());
        results.add(Outcome.of(OutcomeKind.CONVERSION, shopper, scope, eventId, winner.time(), bought));
    }

    private void close(OpenOffer offer, long time) {
        closed.add(offer);
        boolean uncredited = hasUncredited();
        boolean bought = false;
        for (OfferedBundle bundle : offer.bundles()) {
            int units = bundle.converted() || !uncredited ? 0 : pool.covered(offer, bundle);
            bought |= bundle.converted();
            if (units > 0 && offer.attributes(pool.newest(offer, bundle))) {
                bought = true;
                results.add(Outcome.of(
                        OutcomeKind.PARTIAL_CONVERSION,
                        shopper,
                        Outcome.Scope.of(offer, bundle),
                        offer.offerId(),
                        time,
                        new Bought(null, units, Amount.NONE, bundle.clickedAt() == 0)));
            }
        }
        if (!bought) {
            results.add(Outcome.of(
                    OutcomeKind.EXPIRED, shopper, Outcome.Scope.of(offer), offer.offerId(), time, Bought.NOTHING));
        }
    }
}
