package dev.kombo.engine.event;

import dev.kombo.engine.event.EventOutputs.RankedExample;
import dev.kombo.entity.BundleMember;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.ranking.contest.Rankers;
import java.util.List;

/**
 * Learns from one event of a shopper who is not a robot: derives training examples of the ranker, updates the shopper's
 * price levels and order, and relates the items of the event to those of earlier events. Not thread-safe.
 */
public final class EventLearner {
    private final EventModels models;
    private final RankerExamples examples;
    private final OrderCollector orders;
    private final InteractionLearner interactions;

    public EventLearner(
            EventModels models, RankerExamples examples, OrderCollector orders, InteractionLearner interactions) {
        this.models = models;
        this.examples = examples;
        this.orders = orders;
        this.interactions = interactions;
    }

    /**
     * Learns from an event that the profile does not hold yet.
     *
     * @param members of the event's bundle; empty where there is none or it is not known
     */
    void learn(ShopperState shopper, ShopperEvent event, List<BundleMember> members, EventOutputs outputs) {
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
        interactions.learn(shopper.behavior(), event, members, outputs);
    }
}
