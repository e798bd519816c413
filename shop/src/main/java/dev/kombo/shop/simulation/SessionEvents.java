package dev.kombo.shop.simulation;

import dev.kombo.console.Figures;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.shop.simulation.OrganicBehavior.Visit;
import java.util.HashMap;
import java.util.List;

/** Converts what a simulated shopper does in one visit to the events that the shop publishes. */
final class SessionEvents {
    private static final long CART_AFTER = 2_000;

    private final SimulatedCatalog catalog;
    private final Timetable timetable;
    private final ShopperSession session;
    private final String visitId;
    private int sent;

    SessionEvents(SimulatedWorld world, ShopperSession session) {
        this.catalog = world.catalog();
        this.timetable = world.settings().timetable();
        this.session = session;
        int day = session.visit().day();
        // Each run has days in real time of its own, with visits that are numbered as those of the run before.
        long visit = timetable.isLive(day)
                ? timetable.round(session.shopper(), day)
                : session.visit().number();
        this.visitId = Figures.text("%s-%d", session.shopper().userId(), visit);
    }

    ShopperSession session() {
        return session;
    }

    /** Adds the events of a step. */
    void step(int step, List<BehaviorEvent> into) {
        Visit visit = session.visit();
        long time = timetable.at(session.shopper(), visit.day(), step);
        if (step == 0) {
            into.add(event(EventType.OFFER_REQUEST, time));
        } else if (step < session.checkout()) {
            line(step - 1, time, into);
        } else {
            checkout(time, into);
        }
    }

    private void line(int line, long time, List<BehaviorEvent> into) {
        int browsed = session.visit().browsed()[line];
        if (browsed >= 0) {
            into.add(item(EventType.VIEW, browsed, time));
        }
        if (session.cart(line)) {
            int item = session.visit().lines()[line];
            into.add(item(EventType.VIEW, item, time + CART_AFTER / 2));
            into.add(item(EventType.ADD_TO_CART, item, time + CART_AFTER));
        }
    }

    private void checkout(long time, List<BehaviorEvent> into) {
        int[] lines = session.visit().lines();
        for (int line = 0; line < lines.length; line++) {
            if (session.buys(line)) {
                BehaviorEvent event = item(EventType.PURCHASE, lines[line], time);
                event.setUnitPriceMinor(catalog.price(lines[line]));
                into.add(bought(event));
            }
        }
        for (ShopperSession.Taken taken : session.taken()) {
            BehaviorEvent event = event(EventType.PURCHASE, time);
            event.setOfferId(taken.offerId());
            event.setBundleId(bundleId(taken.position().bundle()));
            event.setUnitPriceMinor(taken.position().priceMinor());
            taken.position()
                    .swapped()
                    .forEach((member, item) -> event.getAttributes().put(ShopperEvent.SWAP + member, item));
            into.add(bought(event));
        }
    }

    private BehaviorEvent bought(BehaviorEvent event) {
        event.setOrderId("order-" + visitId);
        event.setCurrency(SimulatedCatalog.CURRENCY);
        return event;
    }

    /** Adds the feedback on a slate. Lines that are contained in the accepted bundle are removed from the cart. */
    void feedback(int step, ShownSlate slate, ShopperSession.SlateFeedback feedback, List<BehaviorEvent> into) {
        if (!feedback.seen()) {
            return;
        }
        long time = timetable.feedbackAt(session.shopper(), session.visit().day(), step);
        into.add(about(EventType.OFFER_IMPRESSION, slate, time));
        for (int bundle : feedback.clicked()) {
            BehaviorEvent click = about(EventType.OFFER_CLICK, slate, time);
            click.setBundleId(bundleId(bundle));
            into.add(click);
        }
        for (int i = 0; i < feedback.removed().size(); i++) {
            into.add(item(EventType.REMOVE_FROM_CART, feedback.removed().get(i), time));
        }
    }

    private BehaviorEvent about(EventType type, ShownSlate slate, long time) {
        BehaviorEvent event = event(type, time);
        event.setOfferId(slate.offerId());
        return event;
    }

    private BehaviorEvent item(EventType type, int item, long time) {
        BehaviorEvent event = event(type, time);
        event.setItemId(catalog.itemId(item));
        return event;
    }

    private String bundleId(int bundle) {
        return catalog.bundles().get(bundle).getBundleId();
    }

    private BehaviorEvent event(EventType type, long time) {
        BehaviorEvent event = new BehaviorEvent();
        event.setEventId(visitId + "-" + sent++);
        event.setUserId(session.shopper().userId());
        event.setSessionId("visit-" + visitId);
        event.setType(type);
        event.setQuantity(1);
        event.setEventTime(time);
        event.setAttributes(new HashMap<>(0));
        return event;
    }
}
