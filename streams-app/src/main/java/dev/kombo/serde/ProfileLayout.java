package dev.kombo.serde;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.LedgerState.CreditSummary;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.experiment.Enrollment;
import dev.kombo.profile.ActionRate;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.Cart;
import dev.kombo.profile.CategoryAffinities;
import dev.kombo.profile.EventType;
import dev.kombo.profile.History;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.RecentEventIds;
import dev.kombo.profile.RecentInteractions;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.profile.TimedCounts;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * Serializes what each event of a shopper reads and writes, in a flat layout whose first byte is its version: without
 * names, with times as distances from the one before. Offers and purchase history are stored elsewhere; the profile
 * says whether they must be read. Not thread-safe.
 */
public final class ProfileLayout {
    /** First byte of the layout; must be raised with each change. */
    private static final int VERSION = 3;

    private final ProfileLimits limits;
    private final AttributionSettings attribution;
    private final FlatWriter out = new FlatWriter();

    /** A layout that bounds what it reads by the limits. */
    public ProfileLayout(ProfileLimits limits, AttributionSettings attribution) {
        this.limits = limits;
        this.attribution = attribution;
    }

    /** Reads when a visit to a stored shopper next has something to do, epoch milliseconds. */
    public static long visitDue(byte[] stored) {
        FlatReader in = versioned(stored);
        in.number();
        return in.number();
    }

    private static FlatReader versioned(byte[] stored) {
        FlatReader in = new FlatReader(stored);
        int version = in.get();
        if (version != VERSION) {
            throw new IllegalArgumentException("a profile of layout " + version + ", " + VERSION + " is known");
        }
        return in;
    }

    public byte[] write(ShopperState shopper) {
        Behavior behavior = shopper.behavior();
        long now = behavior.lastSeen();
        out.clear();
        out.put(VERSION);
        out.number(shopper.visitSlot());
        out.number(shopper.visitDue());
        out.number(now);
        out.number(behavior.firstSeen());
        out.number(behavior.activeDay());
        out.number(shopper.timerAt());
        out.number(EventType.count());
        for (int i = 0; i < EventType.count(); i++) {
            out.number(behavior.count(EventType.of(i)));
        }
        out.number(behavior.logPriceCount());
        out.real(behavior.logPriceMean());
        out.number(behavior.rate().minute());
        out.number(behavior.rate().count());
        out.number(behavior.rate().robotUntil());
        write(shopper.enrollment());
        out.blob(shopper.sessions().write());
        writeTexts(behavior.segments());
        writeNumbers(behavior.spend());
        writeNumbers(behavior.lastOfferAt());
        writeInterests(behavior);
        writeRecent(behavior.recent(), now);
        RecentEventIds ids = behavior.knownEvents().others();
        out.number(ids.size());
        long before = now;
        for (int i = 0; i < ids.size(); i++) {
            out.fixed(ids.hash(i));
            out.number(before - ids.time(i));
            before = ids.time(i);
        }
        writeExposures(behavior.exposures(), now);
        writeOffers(shopper.ledger().offers(), now);
        writeSummaries(behavior.history().summary(), shopper.ledger().summary());
        return out.toBytes();
    }

    private void write(Enrollment enrollment) {
        out.flag(enrollment != null);
        if (enrollment != null) {
            out.text(enrollment.experiment());
            out.text(enrollment.arm());
            out.number(enrollment.strategyVersion());
            out.number(enrollment.enteredAt());
        }
    }

    private void writeTexts(Collection<String> texts) {
        out.number(texts.size());
        for (String text : texts) {
            out.text(text);
        }
    }

    private void writeNumbers(Map<String, Long> numbers) {
        out.number(numbers.size());
        for (Map.Entry<String, Long> entry : numbers.entrySet()) {
            out.text(entry.getKey());
            out.number(entry.getValue());
        }
    }

    private void writeInterests(Behavior behavior) {
        List<CategoryAffinities.Affinity> categories = behavior.categories().strongestFirst();
        out.number(categories.size());
        for (int i = 0; i < categories.size(); i++) {
            out.text(categories.get(i).category());
            out.real(categories.get(i).weight());
        }
        List<Cart.Line> lines = behavior.cart().lines();
        out.number(lines.size());
        for (int i = 0; i < lines.size(); i++) {
            out.text(lines.get(i).itemId());
            out.number(lines.get(i).quantity());
            out.number(lines.get(i).addedAt());
        }
        OpenOrder order = behavior.order();
        out.flag(order != null);
        if (order != null) {
            out.text(order.orderId());
            out.number(order.lastLineAt());
            out.number(order.lineCount());
            writeTexts(order.items());
        }
    }

    private void writeRecent(RecentInteractions recent, long now) {
        out.number(recent.size());
        long before = now;
        for (int i = 0; i < recent.size(); i++) {
            out.fixed(recent.entity(i));
            out.put(recent.type(i).ordinal());
            out.number(before - recent.time(i));
            before = recent.time(i);
        }
    }

    private void writeExposures(TimedCounts exposures, long now) {
        out.number(exposures.size());
        long before = now;
        for (int i = 0; i < exposures.size(); i++) {
            out.fixed(exposures.hash(i));
            out.number(exposures.countAt(i));
            out.number(before - exposures.lastTimeAt(i));
            out.number(exposures.lastTimeAt(i) - exposures.firstTimeAt(i));
            before = exposures.lastTimeAt(i);
        }
    }

    private void writeOffers(List<OpenOffer> offers, long now) {
        out.number(offers.size());
        long before = now;
        for (int o = 0; o < offers.size(); o++) {
            OpenOffer offer = offers.get(o);
            out.hex(offer.offerId());
            out.number(before - offer.offeredAt());
            out.number(offer.closesAt() - offer.offeredAt());
            out.flag(offer.impressedAt() != 0);
            if (offer.impressedAt() != 0) {
                out.number(offer.impressedAt() - offer.offeredAt());
            }
            before = offer.offeredAt();
            List<OpenOffer.BundleFeedback> feedback = offer.feedback();
            out.number(feedback.size());
            for (int i = 0; i < feedback.size(); i++) {
                out.number(feedback.get(i).index());
                out.number(feedback.get(i).clickedAt());
                out.flag(feedback.get(i).dismissed());
                out.flag(feedback.get(i).converted());
            }
        }
    }

    private void writeSummaries(History.Summary history, CreditSummary credit) {
        out.flag(history.purchases());
        out.number(history.observationsDue());
        out.number(history.paidEventIds().length);
        for (short idBits : history.paidEventIds()) {
            out.put(idBits >> 8);
            out.put(idBits);
        }
        out.number(credit.waitingDue());
        out.number(credit.newestUncredited());
    }

    /**
     * Reads a stored shopper.
     *
     * @param history reads the purchase history
     * @param offers reads an offer's content by its id
     * @throws IllegalArgumentException if a later version wrote it in an unknown layout
     */
    public ShopperState read(
            String shopperKey,
            byte[] stored,
            Supplier<History.Parts> history,
            Function<String, OpenOffer.Content> offers) {
        FlatReader in = versioned(stored);
        int visitSlot = in.count();
        long visitDue = in.number();
        long now = in.number();
        long firstSeen = in.number();
        int activeDay = in.count();
        long timerAt = in.number();
        int[] counts = new int[in.count()];
        for (int i = 0; i < counts.length; i++) {
            counts[i] = in.count();
        }
        int prices = in.count();
        double priceMean = in.realDouble();
        ActionRate rate = new ActionRate(in.number(), in.count(), in.number());
        Enrollment enrollment = in.flag() ? new Enrollment(in.text(), in.text(), in.number(), in.number()) : null;
        ByteBuffer sessions = in.blob();
        Set<String> segments = Set.copyOf(readTexts(in));
        Map<String, Long> spend = readNumbers(in);
        Map<String, Long> lastOfferAt = readNumbers(in);
        CategoryAffinities categories = readCategories(in);
        Cart cart = readCart(in);
        OpenOrder order = in.flag() ? new OpenOrder(in.text(), in.number(), in.count(), readTexts(in)) : null;
        RecentInteractions recent = readRecent(in, now);
        RecentEventIds ids = new RecentEventIds(limits.recentEventIds(), limits.eventIdAge());
        long before = now;
        for (int left = in.count(); left > 0; left--) {
            long hash = in.fixed();
            before -= in.number();
            ids.restore(hash, before);
        }
        TimedCounts exposures = readExposures(in, now);
        List<OpenOffer> open = readOffers(in, now, offers);
        History kept = new History(readSummary(in), history);
        CreditSummary credit = new CreditSummary(in.number(), in.number());

        Behavior behavior = new Behavior(recent, ids, kept, exposures, cart, categories, rate);
        for (int i = 0; i < counts.length && i < EventType.count(); i++) {
            behavior.restoreCount(EventType.of(i), counts[i]);
        }
        behavior.restoreTimes(firstSeen, now, activeDay);
        behavior.restorePrices(priceMean, prices);
        behavior.segments(segments);
        behavior.spend().putAll(spend);
        behavior.lastOfferAt().putAll(lastOfferAt);
        behavior.order(order);
        OfferLedger ledger = new OfferLedger(
                attribution,
                ShopperKey.shopper(shopperKey),
                open,
                credit,
                () -> kept.parts().credit());
        ShopperState shopper = new ShopperState(behavior, ledger, enrollment, timerAt);
        shopper.sessions().restore(sessions);
        shopper.visits(visitSlot, visitDue);
        return shopper;
    }

    private static List<String> readTexts(FlatReader in) {
        int size = in.count();
        List<String> texts = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            texts.add(in.text());
        }
        return texts;
    }

    private static Map<String, Long> readNumbers(FlatReader in) {
        int size = in.count();
        Map<String, Long> numbers = new HashMap<>(size);
        for (int i = 0; i < size; i++) {
            numbers.put(in.text(), in.number());
        }
        return numbers;
    }

    private static CategoryAffinities readCategories(FlatReader in) {
        int size = in.count();
        List<CategoryAffinities.Affinity> categories = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            categories.add(new CategoryAffinities.Affinity(in.text(), in.realFloat()));
        }
        return new CategoryAffinities(categories);
    }

    private static Cart readCart(FlatReader in) {
        int size = in.count();
        List<Cart.Line> lines = new ArrayList<>(size);
        for (int i = 0; i < size; i++) {
            lines.add(new Cart.Line(in.text(), in.count(), in.number()));
        }
        return new Cart(lines);
    }

    private RecentInteractions readRecent(FlatReader in, long now) {
        RecentInteractions recent = new RecentInteractions(limits.recentInteractions());
        long before = now;
        for (int left = in.count(); left > 0; left--) {
            long entity = in.fixed();
            EventType type = EventType.of(in.get());
            before -= in.number();
            recent.add(entity, type, before);
        }
        return recent;
    }

    private TimedCounts readExposures(FlatReader in, long now) {
        TimedCounts exposures = new TimedCounts(limits.exposedBundles());
        long last = now;
        for (int left = in.count(); left > 0; left--) {
            long hash = in.fixed();
            int count = in.count();
            last -= in.number();
            exposures.restore(hash, count, last - in.number(), last);
        }
        return exposures;
    }

    private static List<OpenOffer> readOffers(FlatReader in, long now, Function<String, OpenOffer.Content> contents) {
        int size = in.count();
        List<OpenOffer> open = new ArrayList<>(size + 1);
        long offeredAt = now;
        for (int o = 0; o < size; o++) {
            String id = in.hex();
            offeredAt -= in.number();
            long closesAt = offeredAt + in.number();
            long impressedAt = in.flag() ? offeredAt + in.number() : 0;
            int answered = in.count();
            List<OpenOffer.BundleFeedback> answers = new ArrayList<>(answered);
            for (int i = 0; i < answered; i++) {
                answers.add(new OpenOffer.BundleFeedback(in.count(), in.number(), in.flag(), in.flag()));
            }
            OpenOffer offer = OpenOffer.stored(id, offeredAt, closesAt, answers, () -> contents.apply(id));
            offer.restore(impressedAt);
            open.add(offer);
        }
        return open;
    }

    private static History.Summary readSummary(FlatReader in) {
        boolean purchases = in.flag();
        long observationsDue = in.number();
        short[] paidEventIds = new short[in.count()];
        for (int i = 0; i < paidEventIds.length; i++) {
            paidEventIds[i] = (short) (in.get() << 8 | in.get());
        }
        return new History.Summary(purchases, observationsDue, paidEventIds);
    }
}
