package dev.kombo.engine;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.ranking.Ranker;
import dev.kombo.tracking.StrategyPlan;

/** What an event is judged by. Each answer may change between two events, never within one. */
public interface EventModels {
    /** Items, bundles and their models. */
    CatalogIndex catalog();

    /** Ranker in force. */
    Ranker ranker();

    /** Strategy in force for a shopper. */
    StrategyPlan planOf(String shopperKey);
}
