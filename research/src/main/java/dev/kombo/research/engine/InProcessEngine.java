package dev.kombo.research.engine;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.event.InteractionLearner;
import dev.kombo.engine.event.OrderCollector;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.entity.BundleMember;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperState;
import dev.kombo.shop.engine.InProcessShoppers;
import java.util.List;
import java.util.Map;

/**
 * Learns from events with the engine's own classes, in maps instead of stores and topics: one shopper task, one item
 * task, one index. Publication of changed entities, which the topology does by time, is done by the number of events.
 * Not thread-safe.
 */
public final class InProcessEngine {
    private final int eventsPerPublication;
    private final InteractionLearner preference;
    private final OrderCollector orders;
    private final InProcessShoppers shoppers;
    private final InProcessEntities entities;
    private long events;

    /**
     * An engine that has learned nothing.
     *
     * @param eventsPerPublication events between two publications of changed entities, at least 1
     * @param indexes the first is learned from; all receive the models
     */
    public InProcessEngine(EngineSettings settings, int eventsPerPublication, List<WritableCatalogIndex> indexes) {
        this.eventsPerPublication = eventsPerPublication;
        CatalogIndex catalog = indexes.get(0);
        this.preference = new InteractionLearner(catalog);
        this.orders = new OrderCollector(
                catalog,
                settings.get(ShopperSettings.ORDER_CLOSE),
                settings.attribution().windowMillis(),
                settings.profile().holdings());
        this.shoppers = new InProcessShoppers(settings);
        this.entities = new InProcessEntities(settings, indexes);
    }

    /** Returns the shopper's state; a new one if the shopper is unknown. */
    public ShopperState shopper(String key) {
        return shoppers.state(key);
    }

    /** Learns from an event, as the shopper task and the item task do. */
    public void learn(ShopperEvent event) {
        String key = event.shopperKey();
        ShopperState shopper = shopper(key);
        shopper.behavior().levels().record(event);
        List<BundleMember> members = orders.membersOf(shopper, event);
        if (event.type() == EventType.PURCHASE) {
            orders.line(shopper, event, members, entities);
        }
        preference.learn(shopper.behavior(), event, members, entities);
        shopper.behavior().record(event, members);
        events++;
        if (events % eventsPerPublication == 0) {
            entities.publish();
        }
    }

    /** Returns a purchase of one item or bundle without a price; ids may be null where there is none. */
    public static ShopperEvent purchase(
            String eventId,
            String userId,
            String itemId,
            String bundleId,
            String orderId,
            long time,
            Map<String, String> attributes) {
        return new ShopperEvent(
                eventId,
                userId,
                null,
                EventType.PURCHASE,
                itemId,
                bundleId,
                null,
                orderId,
                1,
                ShopperEvent.NO_PRICE,
                null,
                Double.NaN,
                null,
                time,
                attributes,
                false,
                ShopperEvent.NOT_STATED);
    }

    /** Closes a shopper's open order. */
    public void closeOrder(String key) {
        ShopperState shopper = shopper(key);
        if (shopper.behavior().order() != null) {
            orders.close(shopper, entities);
        }
    }

    /** What is known of items and bundles. */
    public InProcessEntities entities() {
        return entities;
    }
}
