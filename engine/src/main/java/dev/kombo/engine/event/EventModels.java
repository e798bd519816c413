package dev.kombo.engine.event;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.experiment.BudgetBoard;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.ConversionModel;
import dev.kombo.ranking.contest.Rankers;

/**
 * Provides the catalogue, rankers, conversion model and strategy that are current while an event is processed. Each
 * call may return a newer one; callers that need the same one throughout an event ask once.
 */
public interface EventModels {
    /** Items, bundles and their models. */
    CatalogIndex catalog();

    /** The current rankers. */
    Rankers rankers();

    /** The current conversion model. */
    ConversionModel conversionModel();

    /** The strategy that applies to a shopper. */
    StrategyPlan planOf(String shopperKey);

    /** What budgets of discounts have spent. */
    default BudgetBoard budgets() {
        return BudgetBoard.EMPTY;
    }
}
