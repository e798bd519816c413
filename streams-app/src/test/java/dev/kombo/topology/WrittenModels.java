package dev.kombo.topology;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.ranking.Ranker;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.topology.global.ActiveStrategy;
import dev.kombo.topology.global.LiveModels;

/** Models as the global thread would write them, for tests of what reads them. */
public final class WrittenModels {
    private WrittenModels() {}

    /** Puts a strategy in force. */
    public static void strategy(LiveModels models, StrategyPlan plan) {
        models.strategy(ActiveStrategy.standard(StrategyPlan.standard()).followedBy(StrategyMapper.toAvro(plan)));
    }

    /** Puts a ranker in force. */
    public static void ranker(LiveModels models, Ranker ranker) {
        models.ranker(ranker);
    }

    /** An event was accepted. */
    public static void accepted(LiveModels models, long eventTime, long systemTime) {
        models.time().accepted(eventTime, systemTime);
    }
}
