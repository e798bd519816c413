package dev.kombo.engine;

import dev.kombo.attribution.Shopper;
import dev.kombo.catalog.BundleMember;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.Ranker;
import java.util.List;

/**
 * The way of one accepted event through the engine: watched for robots, credited to offers, learned from, remembered,
 * answered with an offer. It changes the shopper's state in place; all else it says to the outputs. One instance a
 * thread.
 */
public final class EventFlow {
    private final EventModels models;
    private final RobotWatch watch;
    private final Orders orders;
    private final RankerExamples examples;
    private final TasteLearner taste;
    private final OfferMaker offers;
    private final Logins logins;
    private final Lifetimes lifetimes;
    private final OutcomeTracker tracker;
    private final Upkeep upkeep;

    /**
     * A flow of its stations.
     *
     * @param acceptance learns from answers to offers
     */
    public EventFlow(
            EventModels models,
            RobotWatch watch,
            Orders orders,
            RankerExamples examples,
            TasteLearner taste,
            OfferMaker offers,
            Lifetimes lifetimes,
            AcceptanceExamples acceptance) {
        this.models = models;
        this.watch = watch;
        this.orders = orders;
        this.examples = examples;
        this.taste = taste;
        this.offers = offers;
        this.logins = new Logins(orders, lifetimes, acceptance);
        this.lifetimes = lifetimes;
        this.tracker = new OutcomeTracker(acceptance);
        this.upkeep = new Upkeep(orders);
    }

    /** What is done for shoppers without an event of theirs. */
    public Upkeep upkeep() {
        return upkeep;
    }

    /** Logins, to move what a session held when it is handed over. */
    public Logins logins() {
        return logins;
    }

    /**
     * Handles an event that is valid and no duplicate.
     *
     * @param key of the shopper
     */
    public void handle(String key, ShopperState shopper, ShopperEvent event, EventOutputs outputs) {
        boolean robot = watch.robot(shopper.behavior(), event);
        shopper.behavior().cart().dropOlderThan(event.time() - lifetimes.cartMillis());
        Shopper identity = ShopperKey.shopper(key);
        logins.note(shopper, event, outputs);
        List<BundleMember> members = orders.membersOf(event);
        tracker.track(identity, shopper, event, members, robot, outputs);
        if (!robot) {
            // First of all: what is bought must not be in the basket yet when bundles are scored without knowing of it.
            Ranker ranker = models.ranker();
            examples.observe(shopper.behavior(), event, ranker, example -> outputs.example(example, ranker.version()));
            if (event.type() == EventType.PURCHASE) {
                orders.line(shopper, event, outputs);
            }
            taste.learn(shopper.behavior(), event, outputs);
        }
        shopper.behavior().record(event, members);
        if (!robot) {
            offers.answer(key, shopper, event, outputs);
        }
        tracker.seen(identity, shopper, event, outputs);
    }
}
