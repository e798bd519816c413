package dev.kombo.engine.shopper;

import dev.kombo.attribution.Shopper;
import dev.kombo.catalog.BundleMember;
import dev.kombo.engine.shopper.EventOutputs.RankedExample;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.contest.Rankers;
import java.util.List;

/**
 * Processes one accepted event: checks for robots, attributes it to offers, learns from it, updates the profile, and
 * answers with an offer. An event of the shop's past teaches like any other, but gets no offer and counts in no arm.
 * Changes the shopper's state in place; everything else goes to the outputs. Not thread-safe: one instance per thread.
 *
 * @param cartMillis age at which a line of a cart is forgotten
 */
public record EventFlow(
        EventModels models,
        RobotDetector robots,
        OrderCollector orders,
        SwapCheck swaps,
        RankerExamples examples,
        InteractionLearner preference,
        OfferMaker offers,
        Logins logins,
        long cartMillis,
        OutcomeTracker tracker,
        ShopperMaintenance maintenance) {
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
        swaps.check(shopper, event, outputs);
        tracker.track(identity, shopper, event, members, robot, outputs);
        if (!robot) {
            // First of all: a purchase must not be in the basket yet when bundles are scored without knowledge of it.
            Rankers rankers = models.rankers();
            examples.observe(
                    shopper.behavior(),
                    event,
                    rankers,
                    example -> outputs.emit(
                            new RankedExample(example, rankers.network().version())));
            if (!shopper.behavior().overtaken(event)) {
                shopper.behavior().levels().record(event);
            }
            if (event.type() == EventType.PURCHASE) {
                orders.line(shopper, event, members, outputs);
            } else if (event.type() == EventType.RETURN) {
                orders.returned(event, outputs);
            }
            preference.learn(shopper.behavior(), event, members, outputs);
        }
        shopper.behavior().record(event, members);
        if (!robot && !event.history()) {
            offers.answer(key, shopper, event, outputs);
        }
        tracker.count(identity, shopper, event, outputs);
    }
}
