package dev.kombo.engine.event;

import dev.kombo.attribution.Amount;
import dev.kombo.attribution.Feedback;
import dev.kombo.attribution.LedgerResult;
import dev.kombo.attribution.Outcome;
import dev.kombo.attribution.OutcomeKind;
import dev.kombo.attribution.Purchase;
import dev.kombo.attribution.Return;
import dev.kombo.attribution.Shopper;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.entity.BundleMember;
import dev.kombo.entity.Item;
import dev.kombo.experiment.Enrollment;
import dev.kombo.math.StableHash;
import dev.kombo.price.BundleDraft;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.profile.TimedCounts;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * Reports an event to the shopper's ledger, the resulting engagement to the owners of the bundles, and the event's
 * outcomes for the arm to the experiment report.
 */
public final class OutcomeTracker {
    private final CatalogIndex catalog;
    private final EngagementLearner engagement;
    private final SwapCheck swaps;

    public OutcomeTracker(CatalogIndex catalog, EngagementLearner engagement) {
        this.catalog = catalog;
        this.engagement = engagement;
        this.swaps = new SwapCheck(catalog);
    }

    /**
     * Handles offer feedback, purchases and returns; ignores everything else, and events of the shop's past, which
     * belong to no offer.
     *
     * @param members members of the event's bundle; empty where there is none or it is not known
     * @param robot whether the shopper is flagged as a robot, from which nothing is learned
     */
    void track(
            Shopper identity,
            ShopperState shopper,
            ShopperEvent event,
            List<BundleMember> members,
            boolean robot,
            EventOutputs outputs) {
        swaps.check(shopper, event, outputs);
        String id = event.partitionId();
        boolean awaited = shopper.sessions().awaits(event.time());
        if (shopper.ledger().nextDue() <= event.time()) {
            outputs.ledger(id, shopper.ledger().expire(event.time(), awaited));
        }
        outputs.matured(identity, shopper.mature(event.time()));
        if (event.history()) {
            return;
        }
        switch (event.type()) {
            case PURCHASE -> {
                Purchase purchase = purchase(event);
                report(id, shopper, shopper.ledger().purchase(purchase, members, awaited), robot, outputs);
                shopper.observations().bought(event.orderId(), event.time());
                observe(shopper, event, members, event.quantity(), event.time());
            }
            case RETURN -> {
                Return back = returned(event);
                report(id, shopper, shopper.ledger().returned(back), robot, outputs);
                long boughtAt = boughtAt(shopper, event);
                Enrollment enrollment = shopper.enrollment();
                if (enrollment != null && counts(enrollment, boughtAt)) {
                    outputs.outcome(Outcome.refunded(identity, enrollment, back));
                }
                shopper.observations().returned(boughtAt, event.time());
                observe(shopper, event, members, -event.quantity(), boughtAt);
            }
            default -> {
                // Views, carts and the like have no outcome.
                OutcomeKind feedback = event.type().feedback();
                if (feedback != null) {
                    report(id, shopper, shopper.ledger().feedback(feedback(feedback, event)), robot, outputs);
                }
            }
        }
    }

    private void observe(
            ShopperState shopper, ShopperEvent event, List<BundleMember> members, int units, long boughtAt) {
        if (!event.priced()) {
            return;
        }
        String currency = Objects.requireNonNull(event.currency());
        shopper.observations().paid(currency, event.unitPriceMinor() * units, boughtAt, event.time());
        double cost = cost(event, members, currency);
        if (cost >= 0) {
            long margin = Math.round((event.unitPriceMinor() - cost) * units);
            shopper.observations().earned(currency, margin, boughtAt, event.time());
        }
    }

    /** What one unit costs the shop in a currency, in minor units; negative or not a number where it is not known. */
    private double cost(ShopperEvent event, List<BundleMember> members, String currency) {
        if (event.bundleId() != null) {
            BundleEntry bundle = catalog.bundle(event.bundleId());
            if (bundle == null || !currency.equals(bundle.bundle().currency())) {
                return Item.UNKNOWN;
            }
            // What was bought may be a part of the bundle.
            return bundle.bundle().members().equals(members)
                    ? bundle.costMinor()
                    : BundleDraft.of(members, catalog::item).costMinor();
        }
        Item item = catalog.item(Objects.requireNonNull(event.itemId()));
        return item != null && currency.equals(item.currency()) ? item.costMinor() : Item.UNKNOWN;
    }

    /** Reports to the experiments in which a shopper is observed what offers saved, and which were dismissed. */
    static void observe(ShopperState shopper, LedgerResult result) {
        for (int i = 0; i < result.outcomes().size(); i++) {
            Outcome outcome = result.outcomes().get(i);
            Amount amount = outcome.bought().amount();
            if (outcome.kind() == OutcomeKind.DISMISSAL) {
                shopper.observations().dismissed(outcome.experiment(), outcome.eventTime());
            } else if (outcome.kind() != OutcomeKind.OFFERED
                    && amount.savingMinor() != 0
                    && amount.currency() != null) {
                shopper.observations()
                        .saved(outcome.experiment(), amount.currency(), amount.savingMinor(), outcome.eventTime());
            }
        }
    }

    /** When the returned thing was last bought; the time of the return where that is not known. */
    private static long boughtAt(ShopperState shopper, ShopperEvent event) {
        TimedCounts purchases = shopper.behavior().purchases();
        long entity = StableHash.of(Objects.requireNonNull(event.entity()));
        return purchases.count(entity) == 0 ? event.time() : purchases.lastTime(entity);
    }

    /** An arm counts what was bought from the event on that assigned the shopper, and what is returned of it. */
    private static boolean counts(Enrollment enrollment, long boughtAt) {
        return boughtAt >= enrollment.enteredAt();
    }

    private void report(
            @Nullable String id, ShopperState shopper, LedgerResult result, boolean robot, EventOutputs outputs) {
        outputs.ledger(id, result);
        observe(shopper, result);
        if (!robot) {
            engagement.observe(result, shopper.behavior().exposures(), outputs);
        }
    }

    /** Counts what a shopper with an arm, new or stored, buys, and the shopper once per day. */
    void count(Shopper identity, ShopperState shopper, ShopperEvent event, EventOutputs outputs) {
        Enrollment enrollment = shopper.enrollment();
        if (enrollment == null || event.history()) {
            return;
        }
        if (event.type() == EventType.PURCHASE && counts(enrollment, event.time())) {
            outputs.outcome(Outcome.purchased(identity, enrollment, purchase(event)));
        }
        if (shopper.behavior().firstOnDay(event.time())) {
            outputs.outcome(Outcome.active(identity, enrollment, event.eventId(), event.time()));
        }
    }

    private static Feedback feedback(OutcomeKind kind, ShopperEvent event) {
        String offerId = Objects.requireNonNull(event.offerId());
        return new Feedback(kind, event.eventId(), offerId, event.bundleId(), event.time());
    }

    private static Purchase purchase(ShopperEvent event) {
        return new Purchase(
                event.eventId(),
                event.itemId(),
                event.bundleId(),
                event.offerId(),
                event.orderId(),
                event.quantity(),
                event.priced() ? event.unitPriceMinor() : 0,
                event.priced() ? event.currency() : null,
                event.time(),
                event.swaps());
    }

    private static Return returned(ShopperEvent event) {
        return new Return(
                event.eventId(),
                event.itemId(),
                event.bundleId(),
                event.orderId(),
                event.quantity(),
                event.priced() ? event.unitPriceMinor() : 0,
                event.priced() ? event.currency() : null,
                event.time());
    }
}
