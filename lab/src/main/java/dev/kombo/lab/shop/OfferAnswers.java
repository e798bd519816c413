package dev.kombo.lab.shop;

import dev.kombo.catalog.StableHash;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.BundleOffer;
import dev.kombo.schema.EventType;
import dev.kombo.schema.OfferedBundle;
import dev.kombo.schema.OfferedMember;
import java.util.ArrayList;
import java.util.List;

/**
 * How shoppers answer offers: most are seen; a bundle that appeals is clicked, sometimes bought, as a whole or item by
 * item; a tired shopper dismisses the slate. Draws are keyed by (seed, shopper, offer), so the same offer always gets
 * the same answer.
 */
final class OfferAnswers {
    /** What an answer is to the account. */
    enum Kind {
        IMPRESSION,
        CLICK,
        DISMISSAL,
        CONVERSION
    }

    /**
     * A part of an answer.
     *
     * @param delayMillis time after the offer came
     * @param kind what it is
     * @param events what is published, in order
     * @param revenueMinor money paid, in minor units
     */
    record Answer(long delayMillis, Kind kind, List<BehaviorEvent> events, long revenueMinor) {}

    private static final double BOUGHT_WHOLE = 0.75;
    private static final double LEAST_DISMISSAL = 0.01;
    private static final double DISMISSAL_BY_FATIGUE = 0.003;
    private static final long BUYING_TAKES_MILLIS = 1500;

    private final ShopCatalog catalog;
    private final ShopSettings settings;

    OfferAnswers(ShopCatalog catalog, ShopSettings settings) {
        this.catalog = catalog;
        this.settings = settings;
    }

    /**
     * Answers an offer.
     *
     * @param drafts makes the events of the visit that the offer belongs to
     * @param now epoch milliseconds
     * @return the parts of the answer, in order of time; empty where the offer is never seen
     */
    List<Answer> answer(BundleOffer offer, Shopper shopper, Diary diary, Drafts drafts, long now) {
        long offerKey = StableHash.of(offer.getOfferId());
        HashedDraws draws = new HashedDraws(settings.seed(), shopper.number(), offerKey);
        if (now >= offer.getExpiresAt() || !draws.chance(settings.seenShare())) {
            return List.of();
        }
        long seenAfter = 100L + draws.below(400);
        double fatigue = diary.fatigue(now);
        diary.sawOffer(now);
        List<Answer> answers = new ArrayList<>();
        answers.add(
                new Answer(seenAfter, Kind.IMPRESSION, List.of(about(offer, EventType.OFFER_IMPRESSION, drafts)), 0));
        for (OfferedBundle bundle : offer.getBundles()) {
            Acceptance.Appeal appeal = appeal(bundle, shopper, fatigue);
            if (!diary.owns(bundle.getBundleId())
                    && draws.chance(settings.acceptance().clickProbability(appeal))) {
                long clickedAfter = seenAfter + 500L + draws.below(1500);
                BehaviorEvent click = about(offer, EventType.OFFER_CLICK, drafts);
                click.setBundleId(bundle.getBundleId());
                answers.add(new Answer(clickedAfter, Kind.CLICK, List.of(click), 0));
                if (draws.chance(settings.acceptance().buyProbability(appeal))) {
                    answers.add(buy(offer, bundle, diary, drafts, draws, clickedAfter + BUYING_TAKES_MILLIS));
                }
                return answers;
            }
        }
        if (draws.chance(LEAST_DISMISSAL + DISMISSAL_BY_FATIGUE * fatigue)) {
            BehaviorEvent dismissal = about(offer, EventType.OFFER_DISMISSAL, drafts);
            answers.add(new Answer(seenAfter + 700, Kind.DISMISSAL, List.of(dismissal), 0));
        }
        return answers;
    }

    /** What an offered bundle is to a shopper. */
    Acceptance.Appeal appeal(OfferedBundle bundle, Shopper shopper, double fatigue) {
        double affinity = 0;
        int units = 0;
        for (OfferedMember member : bundle.getMembers()) {
            int index = catalog.indexOf(member.getItemId());
            if (index >= 0) {
                affinity += member.getQuantity() * shopper.affinity(catalog, index);
            }
            units += member.getQuantity();
        }
        double listPrice = Math.max(1, bundle.getListPriceMinor());
        double relativePrice = Math.log(Math.max(1, bundle.getPriceMinor()) / (double) shopper.budgetMinor());
        return new Acceptance.Appeal(
                units == 0 ? 0 : affinity / units,
                Math.max(0, bundle.getSavingMinor() / listPrice),
                Math.max(-2, Math.min(2, relativePrice)),
                shopper.priceSensitivity(),
                Math.max(1, bundle.getRank()),
                fatigue);
    }

    private Answer buy(
            BundleOffer offer, OfferedBundle bundle, Diary diary, Drafts drafts, HashedDraws draws, long delayMillis) {
        String orderId = "order-" + offer.getOfferId();
        List<BehaviorEvent> events = new ArrayList<>();
        long revenue = 0;
        if (draws.chance(BOUGHT_WHOLE) || !sellsAllOf(bundle)) {
            Diary.Line line = new Diary.Line(orderId, null, bundle.getBundleId(), bundle.getPriceMinor());
            BehaviorEvent purchase = drafts.traded(EventType.PURCHASE, line, offer.getPlacement());
            purchase.setOfferId(offer.getOfferId());
            purchase.setCurrency(bundle.getCurrency());
            events.add(purchase);
            diary.bought(line);
            revenue = bundle.getPriceMinor();
        } else {
            for (OfferedMember member : bundle.getMembers()) {
                long price = catalog.item(catalog.indexOf(member.getItemId())).getPriceMinor();
                Diary.Line line = new Diary.Line(orderId, member.getItemId(), null, price);
                BehaviorEvent purchase = drafts.traded(EventType.PURCHASE, line, offer.getPlacement());
                purchase.setQuantity(member.getQuantity());
                events.add(purchase);
                diary.bought(line);
                revenue += price * member.getQuantity();
            }
        }
        return new Answer(delayMillis, Kind.CONVERSION, events, revenue);
    }

    private boolean sellsAllOf(OfferedBundle bundle) {
        return bundle.getMembers().stream().allMatch(member -> catalog.indexOf(member.getItemId()) >= 0);
    }

    private static BehaviorEvent about(BundleOffer offer, EventType type, Drafts drafts) {
        BehaviorEvent event = drafts.event(type, offer.getPlacement());
        event.setOfferId(offer.getOfferId());
        return event;
    }
}
