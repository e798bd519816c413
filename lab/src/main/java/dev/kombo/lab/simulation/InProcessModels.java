package dev.kombo.lab.simulation;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.engine.EventModels;
import dev.kombo.ranking.Acceptance;
import dev.kombo.ranking.Ranker;
import dev.kombo.tracking.StrategyPlan;

/** What the engine judges events by, without topics that feed it. For one thread. */
final class InProcessModels implements EventModels {
    private final CatalogIndex catalog;
    private final StrategyPlan plan;
    private Ranker ranker;
    private Acceptance acceptance = Acceptance.prior();

    InProcessModels(CatalogIndex catalog, StrategyPlan plan, Ranker ranker) {
        this.catalog = catalog;
        this.plan = plan;
        this.ranker = ranker;
    }

    @Override
    public CatalogIndex catalog() {
        return catalog;
    }

    @Override
    public Ranker ranker() {
        return ranker;
    }

    @Override
    public StrategyPlan planOf(String shopperKey) {
        return plan;
    }

    @Override
    public Acceptance acceptance() {
        return acceptance;
    }

    void acceptance(Acceptance next) {
        acceptance = next;
    }

    void ranker(Ranker next) {
        ranker = next;
    }
}
