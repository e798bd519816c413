package dev.kombo.topology;

import dev.kombo.ops.Counters;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.tracking.StrategyPlan;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts strategies in force as they are published; one that cannot be used leaves the running one. Used by the global
 * thread only.
 */
final class StrategyKeeper {
    private static final Logger LOG = LoggerFactory.getLogger(StrategyKeeper.class);

    private final LiveModels models;
    private final Counters counters;

    StrategyKeeper(LiveModels models, Counters counters) {
        this.models = models;
        this.counters = counters;
    }

    void accept(String key, Strategy strategy, GlobalIndexer.Arrival arrival) {
        if (strategy == null) {
            models.strategy(StrategyPlan.standard());
            models.published().inForce(null);
            LOG.info("The strategy was removed, the standard one is in force");
            return;
        }
        StrategyPlan plan = StrategyMapper.toDomain(strategy);
        StrategyPlan running = models.strategy().plan();
        if (plan.equals(running)) {
            return;
        }
        List<String> problems = plan.problemsAfter(running);
        if (problems.isEmpty()) {
            models.strategy(plan);
            models.published().inForce(strategy);
            LOG.info("Strategy {} is in force: {}", plan.version(), plan);
            return;
        }
        LOG.error(
                "Strategy {} is refused, {} of {} stays: {}",
                plan.version(),
                running.version(),
                running.salt(),
                problems);
        counters.count("strategy.refused");
        models.published()
                .refuse(new PublishedStrategies.Refusal(
                        key, problems, strategy.toString(), arrival.recordTime(), arrival.offset()));
    }
}
