package dev.kombo.engine;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.Acceptance;
import dev.kombo.ranking.Ranker;

/** What an event is judged by. Any answer may be another one at the next call; what must not change within an event is asked for once. */
public interface EventModels {
    /** Items, bundles and their models. */
    CatalogIndex catalog();

    /** Ranker in force. */
    Ranker ranker();

    /** Model of acceptance in force. */
    Acceptance acceptance();

    /** Strategy in force for a shopper. */
    StrategyPlan planOf(String shopperKey);
}
