package dev.kombo.engine;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.event.EngagementLearner;
import dev.kombo.engine.event.EventCounts;
import dev.kombo.engine.event.EventFlow;
import dev.kombo.engine.event.EventLearner;
import dev.kombo.engine.event.EventModels;
import dev.kombo.engine.event.InteractionLearner;
import dev.kombo.engine.event.Logins;
import dev.kombo.engine.event.OfferMaker;
import dev.kombo.engine.event.OrderCollector;
import dev.kombo.engine.event.OutcomeTracker;
import dev.kombo.engine.event.RankerExamples;
import dev.kombo.engine.event.RobotDetector;
import dev.kombo.engine.event.ShopperMaintenance;
import dev.kombo.engine.event.ShopperSettings;
import dev.kombo.ranking.slate.SlateRanker;

/**
 * The engine for one set of settings and models. Creates the steps by which a shopper task processes events. Immutable;
 * what it creates belongs to one thread.
 */
public final class Engine {
    private final EngineSettings settings;
    private final EventModels models;

    public Engine(EngineSettings settings, EventModels models) {
        this.settings = settings;
        this.models = models;
    }

    /** Returns an event flow for one thread. */
    public EventFlow flow(EventCounts counts) {
        CatalogIndex catalog = models.catalog();
        SlateRanker ranker = new SlateRanker(catalog, settings.ranking());
        OfferMaker offers = new OfferMaker(
                settings.offers(),
                settings.attribution(),
                settings.ranking().rules(),
                models,
                ranker,
                engagementLearner(),
                counts);
        OrderCollector orders = orders();
        RankerExamples examples = new RankerExamples(
                catalog, ranker, settings.training(), settings.attribution().windowMillis());
        return new EventFlow(
                new RobotDetector(settings.get(ShopperSettings.ROBOT_RATE), counts),
                settings.get(ShopperSettings.CART_EXPIRY),
                logins(),
                orders,
                new OutcomeTracker(catalog, engagementLearner()),
                new EventLearner(models, examples, orders, new InteractionLearner(catalog)),
                offers);
    }

    /** Returns what moves the state of sessions to their users, for one thread. */
    public Logins logins() {
        return new Logins(orders(), settings.ranking().rules().frequencyWindowMillis(), engagementLearner());
    }

    /** Returns what closes orders and offers when their time has come, for one thread. */
    public ShopperMaintenance maintenance() {
        return new ShopperMaintenance(orders());
    }

    private OrderCollector orders() {
        return new OrderCollector(
                models.catalog(),
                settings.get(ShopperSettings.ORDER_CLOSE),
                settings.attribution().windowMillis(),
                settings.profile().holdings());
    }

    private EngagementLearner engagementLearner() {
        return new EngagementLearner(models);
    }
}
