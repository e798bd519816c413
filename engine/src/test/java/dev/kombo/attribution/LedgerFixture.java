package dev.kombo.attribution;

import dev.kombo.entity.BundleMember;
import dev.kombo.experiment.Enrollment.Assignment;
import dev.kombo.slot.FilledSlot;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The shop of the ledger tests. All times are small numbers; offers close 1000 after they were made. */
public final class LedgerFixture {
    /** Nine pounds, of which one is saved. */
    static final OfferedPrice PRICE = new OfferedPrice(900, 100, "GBP");

    public static final Assignment ARM = new Assignment("exp", "treatment", 3);
    public static final Shopper SHOPPER = new Shopper("42", null);
    static final long WINDOW = 1000;

    private LedgerFixture() {}

    static AttributionSettings settings() {
        return new AttributionSettings(WINDOW, 20, 20, 100, 20);
    }

    public static OfferLedger ledger() {
        return ledger(settings());
    }

    public static OfferLedger ledger(AttributionSettings settings) {
        return new OfferLedger(settings, SHOPPER, LedgerState.empty());
    }

    public static OpenOffer offer(String id, long at, OfferedBundle... bundles) {
        return new OpenOffer(id, "home", ARM, at, at + 100, at + WINDOW, new ArrayList<>(List.of(bundles)));
    }

    /** A bundle of one unit each, at 900 instead of 1000 pence. */
    public static OfferedBundle bundle(String id, int rank, String... items) {
        List<BundleMember> members = new ArrayList<>();
        for (String item : items) {
            members.add(new BundleMember(item, 1));
        }
        return bundle(id, rank, members);
    }

    public static OfferedBundle bundle(String id, int rank, List<BundleMember> members) {
        return bundle(id, rank, PRICE, members, List.of());
    }

    /** A bundle with the given price and slots. */
    public static OfferedBundle bundle(
            String id, int rank, OfferedPrice price, List<BundleMember> members, List<FilledSlot> slots) {
        return new OfferedBundle(id, rank, price, members, slots, OfferedBundle.NO_FEATURES);
    }

    public static Feedback seen(String offer, long time) {
        return new Feedback(OutcomeKind.IMPRESSION, "seen-" + offer + time, offer, null, time);
    }

    public static Feedback click(String offer, String bundle, long time) {
        return new Feedback(OutcomeKind.CLICK, "click-" + offer + bundle + time, offer, bundle, time);
    }

    public static Feedback dismiss(String offer, String bundle, long time) {
        return new Feedback(OutcomeKind.DISMISSAL, "dismiss-" + offer + bundle + time, offer, bundle, time);
    }

    public static Purchase item(String item, int quantity, long price, long time) {
        return new Purchase(
                "buy-" + item + time, item, null, null, "order" + time, quantity, price, "GBP", time, Map.of());
    }

    static Purchase itemOf(String offer, String item, long price, long time) {
        return new Purchase("buy-" + item + time, item, null, offer, "order" + time, 1, price, "GBP", time, Map.of());
    }

    public static Purchase whole(String bundle, String offer, int quantity, long price, long time) {
        return new Purchase(
                "buy-" + bundle + time, null, bundle, offer, "order" + time, quantity, price, "GBP", time, Map.of());
    }

    /** The same with other items in the place of members. */
    static Purchase swapped(Purchase whole, Map<String, String> swaps) {
        return new Purchase(
                whole.eventId(),
                null,
                whole.bundleId(),
                whole.offerId(),
                whole.orderId(),
                whole.quantity(),
                whole.unitPriceMinor(),
                whole.currency(),
                whole.time(),
                swaps);
    }

    static Return back(String item, String order, int quantity, long time) {
        return new Return("back-" + item + time, item, null, order, quantity, 0, null, time);
    }

    public static Return wholeBack(String bundle, String order, int quantity, long time) {
        return new Return("back-" + bundle + time, null, bundle, order, quantity, 0, null, time);
    }

    /** Kind, offer and bundle of each outcome: {@code CLICK o1 b1}. */
    static List<String> told(LedgerResult result) {
        List<String> told = new ArrayList<>();
        for (Outcome outcome : result.outcomes()) {
            String text = outcome.kind() + " " + outcome.offerId();
            told.add(outcome.bundleId() == null ? text : text + " " + outcome.bundleId());
        }
        return told;
    }

    public static Outcome only(LedgerResult result) {
        if (result.outcomes().size() != 1) {
            throw new AssertionError("not one outcome: " + told(result));
        }
        return result.outcomes().get(0);
    }
}
