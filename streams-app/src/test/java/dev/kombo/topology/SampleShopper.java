package dev.kombo.topology;

import dev.kombo.attribution.AttributionSettings;
import dev.kombo.attribution.Feedback;
import dev.kombo.attribution.OfferLedger;
import dev.kombo.attribution.OfferedBundle;
import dev.kombo.attribution.OfferedPrice;
import dev.kombo.attribution.OpenOffer;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Purchase;
import dev.kombo.attribution.Return;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Entity;
import dev.kombo.experiment.Enrollment;
import dev.kombo.math.StableHash;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.OpenOrder;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** A shopper of whom there is something of everything that is stored. */
final class SampleShopper {
    static final String KEY = "u:ann";
    static final long NOW = 1_767_600_000_000L;
    static final Enrollment ENROLLMENT = new Enrollment("summer", "treatment", 7, NOW - 86_400_000);
    /** Sixteen hexadecimal digits, as made by the engine, and a name of the shop's. */
    static final String OFFER = "00c0ffee00c0ffee";

    static final String NAMED_OFFER = "Angebot-ü";
    static final String CLOSED_OFFER = "0000000000000abc";

    private SampleShopper() {}

    static ShopperState of(ProfileLimits limits, AttributionSettings attribution) {
        Behavior behavior = new Behavior(limits);
        OfferLedger ledger = new OfferLedger(
                attribution, ShopperKey.shopper(KEY), behavior.history().parts().credit());
        ShopperState shopper = new ShopperState(behavior, ledger, ENROLLMENT, NOW + 3_600_000);
        shopper.visits(12_345, NOW + 86_400_000);
        behave(behavior);
        shop(ledger);
        shopper.observations().enter(new Enrollment("spring", "control", 6, NOW - 2 * 86_400_000), Map.of(), null);
        shopper.observations().enter(ENROLLMENT, Map.of("EUR", 1_250L, "GBP", -300L), null);
        shopper.observations().paid("EUR", 4_200, NOW - 50_000, NOW - 50_000);
        shopper.observations().bought("order-1", NOW - 50_000);
        shopper.observations().bought(null, NOW - 40_000);
        shopper.sessions().link("session-1", NOW - 90_000);
        shopper.sessions().link("session-2", NOW - 10_000);
        shopper.sessions().answered("session-1");
        return shopper;
    }

    private static void behave(Behavior behavior) {
        behavior.record(event("view-1", EventType.VIEW, "shoe", 1, ShopperEvent.NO_PRICE, null, NOW - 100_000));
        behavior.record(event("cart-1", EventType.ADD_TO_CART, "shoe", 2, ShopperEvent.NO_PRICE, null, NOW - 90_000));
        behavior.record(event("cart-2", EventType.ADD_TO_CART, "Hütte", 1, ShopperEvent.NO_PRICE, null, NOW - 95_000));
        behavior.record(event("buy-1", EventType.PURCHASE, "sock", 3, 1_400, "EUR", NOW - 50_000));
        behavior.record(event("buy-2", EventType.PURCHASE, "hat", 1, 900, "GBP", NOW - 2 * 86_400_000));
        behavior.record(event("back-1", EventType.RETURN, "hat", 1, 900, "GBP", NOW - 1_000));
        behavior.interacted(hash("shoe"), EventType.VIEW, "shoes", NOW - 100_000);
        behavior.interacted(hash("sock"), EventType.PURCHASE, "socks", NOW - 50_000);
        behavior.interacted(hash("late"), EventType.CLICK, null, NOW - 60_000);
        behavior.exposures().addWithin(StableHash.of(Entity.ofBundle("set")), NOW - 80_000, 60_000);
        behavior.exposures().addWithin(StableHash.of(Entity.ofBundle("set")), NOW - 70_000, 60_000);
        behavior.exposures().addWithin(StableHash.of(Entity.ofBundle("pair")), NOW - 75_000, 60_000);
        behavior.firstOnDay(NOW);
        behavior.rate().action(NOW - 100_000, 0, 3_600_000);
        behavior.lastOfferAt().put("home", NOW - 80_000);
        OpenOrder order = new OpenOrder("order-1", NOW - 50_000);
        order.add("sock", NOW - 50_000);
        order.add("sock", NOW - 49_000);
        order.add("lace", NOW - 49_500);
        behavior.order(order);
    }

    static List<Outcome> shop(OfferLedger ledger) {
        List<Outcome> outcomes = new ArrayList<>();
        OfferedBundle set = bundle("set", 1, "shoe", "sock");
        OfferedBundle pair = bundle("pair", 2, "sock", "lace");
        outcomes.addAll(ledger.offered(offer(CLOSED_OFFER, NOW - 300_000, bundle("hats", 1, "hat", "cap")), "view-0")
                .outcomes());
        outcomes.addAll(
                ledger.offered(offer(OFFER, NOW - 80_000, set, pair), "view-1").outcomes());
        outcomes.addAll(ledger.offered(offer(NAMED_OFFER, NOW - 70_000, bundle("camp", 1, "tent", "mat")), "view-2")
                .outcomes());
        outcomes.addAll(
                ledger.feedback(new Feedback(OutcomeKind.IMPRESSION, "seen-0", CLOSED_OFFER, null, NOW - 290_000))
                        .outcomes());
        outcomes.addAll(ledger.feedback(new Feedback(OutcomeKind.IMPRESSION, "seen-1", OFFER, null, NOW - 79_000))
                .outcomes());
        outcomes.addAll(ledger.feedback(new Feedback(OutcomeKind.CLICK, "click-1", OFFER, "pair", NOW - 78_000))
                .outcomes());
        outcomes.addAll(ledger.feedback(new Feedback(OutcomeKind.DISMISSAL, "no-1", OFFER, "set", NOW - 77_000))
                .outcomes());
        outcomes.addAll(
                ledger.feedback(new Feedback(OutcomeKind.CLICK, "click-2", "00000000000000ff", "far", NOW - 20_000))
                        .outcomes());
        outcomes.addAll(ledger.purchase(
                        new Purchase("buy-1", "sock", null, null, "order-1", 3, 1_400, "EUR", NOW - 50_000, Map.of()))
                .outcomes());
        outcomes.addAll(ledger.purchase(
                        new Purchase("buy-3", "lace", null, null, "order-1", 2, 200, "EUR", NOW - 49_000, Map.of()))
                .outcomes());
        outcomes.addAll(ledger.purchase(
                        new Purchase("buy-4", null, "hats", null, "order-2", 2, 2_000, "EUR", NOW - 48_000, Map.of()))
                .outcomes());
        outcomes.addAll(ledger.returned(new Return("back-2", null, "hats", "order-2", 1, 2_000, "EUR", NOW - 47_000))
                .outcomes());
        outcomes.addAll(ledger.purchase(
                        new Purchase(
                                "buy-5", null, "elsewhere", null, "order-3", 1, 5_000, "EUR", NOW - 46_000, Map.of()),
                        List.of(new BundleMember("x", 1)),
                        true)
                .outcomes());
        return outcomes;
    }

    private static OpenOffer offer(String id, long at, OfferedBundle... bundles) {
        return new OpenOffer(id, "home", ENROLLMENT.assignment(), at, at + 600_000, at + 604_800_000, List.of(bundles));
    }

    private static OfferedBundle bundle(String id, int rank, String first, String second) {
        return new OfferedBundle(
                id,
                rank,
                new OfferedPrice(2_700, 300, "EUR"),
                List.of(new BundleMember(first, 1), new BundleMember(second, 2)),
                List.of(),
                rank == 1 ? new float[] {0.5f, -1.25f, 3f} : OfferedBundle.NO_FEATURES);
    }

    static ShopperEvent event(
            String id, EventType type, String item, int quantity, long price, String currency, long time) {
        return new ShopperEvent(
                id,
                "ann",
                null,
                type,
                item,
                null,
                null,
                null,
                quantity,
                price,
                currency,
                Double.NaN,
                null,
                time,
                Map.of("segments", "vip"),
                false,
                ShopperEvent.NOT_STATED);
    }

    private static long hash(String item) {
        return StableHash.of(Entity.ofItem(item));
    }
}
