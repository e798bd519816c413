package dev.kombo.topology.user;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.ConversionExamples;
import dev.kombo.engine.EventCounts;
import dev.kombo.engine.EventFlow;
import dev.kombo.engine.EventFlow.Lifetimes;
import dev.kombo.engine.EventModels;
import dev.kombo.engine.InteractionLearner;
import dev.kombo.engine.OfferMaker;
import dev.kombo.engine.OrderCollector;
import dev.kombo.engine.RankerExamples;
import dev.kombo.engine.RobotDetector;
import dev.kombo.engine.ShopperSettings;
import dev.kombo.engine.TrainingSettings;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.topology.common.EngineSettings;

/**
 * Assembles the processing steps of an event from the settings, for the topology and for code that runs without one.
 */
public final class EventFlowFactory {
    private EventFlowFactory() {}

    /** Returns an event flow for one thread. */
    public static EventFlow of(EngineSettings settings, EventModels models, EventCounts counts) {
        SlateRanker ranker = new SlateRanker(models.catalog(), settings.ranking(), settings.exploration());
        OrderCollector orders = orders(settings, models.catalog());
        InteractionLearner preference = new InteractionLearner(
                models.catalog(), settings.cooccurrences().contextSize());
        ConversionExamples conversionModel = conversionModel(settings);
        OfferMaker offers = new OfferMaker(
                settings.offers(), settings.attribution(), settings.ranking(), models, ranker, conversionModel, counts);
        RankerExamples examples = examples(settings, models.catalog(), ranker);
        return new EventFlow(
                models,
                new RobotDetector(
                        settings.get(ShopperSettings.ROBOT_RATE), settings.get(ShopperSettings.ROBOT_FLAG), counts),
                orders,
                examples,
                preference,
                offers,
                lifetimes(settings),
                conversionModel);
    }

    static OrderCollector orders(EngineSettings settings, CatalogIndex catalog) {
        return new OrderCollector(
                catalog,
                settings.get(ShopperSettings.ORDER_CLOSE),
                settings.attribution().windowMillis(),
                settings.profile().holdings());
    }

    static ConversionExamples conversionModel(EngineSettings settings) {
        return new ConversionExamples(settings.conversionModel().share());
    }

    static Lifetimes lifetimes(EngineSettings settings) {
        return new Lifetimes(
                settings.get(ShopperSettings.CART_EXPIRY),
                settings.ranking().rules().frequencyWindowMillis());
    }

    /** Returns the source of ranker examples, for the thread that uses the slates' ranker. */
    public static RankerExamples examples(EngineSettings settings, CatalogIndex catalog, SlateRanker ranker) {
        TrainingSettings training = settings.training();
        return new RankerExamples(
                catalog, ranker, training.share(), training.negatives(), training.perSecond(), training.userBalance());
    }
}
