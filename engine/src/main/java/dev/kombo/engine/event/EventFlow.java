package dev.kombo.engine.event;

import dev.kombo.attribution.Shopper;
import dev.kombo.entity.BundleMember;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import java.util.List;

/**
 * Processes one accepted event: checks for robots, attributes it to offers, learns from it, updates the profile, and
 * answers with an offer. An event of the shop's past is learned from like any other, but gets no offer and counts in no
 * arm. Changes the shopper's state in place; everything else goes to the outputs. Not thread-safe: one instance per
 * thread.
 */
public final class EventFlow {
    private final RobotDetector robots;
    private final long cartMillis;
    private final Logins logins;
    private final OrderCollector orders;
    private final OutcomeTracker tracker;
    private final EventLearner learner;
    private final OfferMaker offers;

    /**
     * @param cartMillis age at which a line of a cart is forgotten
     */
    public EventFlow(
            RobotDetector robots,
            long cartMillis,
            Logins logins,
            OrderCollector orders,
            OutcomeTracker tracker,
            EventLearner learner,
            OfferMaker offers) {
        this.robots = robots;
        this.cartMillis = cartMillis;
        this.logins = logins;
        this.orders = orders;
        this.tracker = tracker;
        this.learner = learner;
        this.offers = offers;
    }

    /**
     * Handles a valid event that is not a duplicate.
     *
     * @param key of the shopper
     */
    public void handle(String key, ShopperState shopper, ShopperEvent event, EventOutputs outputs) {
        boolean robot = robots.robot(shopper.behavior(), event);
        shopper.behavior().cart().dropOlderThan(event.time() - cartMillis);
        Shopper identity = ShopperKey.shopper(key);
        logins.note(shopper, event, outputs);
        List<BundleMember> members = orders.membersOf(shopper, event);
        tracker.track(identity, shopper, event, members, robot, outputs);
        if (!robot) {
            learner.learn(shopper, event, members, outputs);
        }
        shopper.behavior().record(event, members);
        if (!robot && !event.history()) {
            offers.answer(key, shopper, event, outputs);
        }
        tracker.count(identity, shopper, event, outputs);
    }
}
