package dev.kombo.topology;

import dev.kombo.ops.Counters;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import dev.kombo.tracking.StrategyPlan;
import dev.kombo.tracking.UsedSalts;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Puts strategies in force as they are published; one that cannot be used leaves the running one. Used by the global
 * thread only.
 *
 * <p>The topic is compacted, and forgets the experiments of before. Which there were stays in it as records of their
 * own, under {@value #SALT}, that {@link StrategyReporter} writes. Strategies and these records are read in the order in
 * which they were written, but compaction may have taken any but the latest of a key. So an experiment counts as the
 * latest from its strategy on until its record says which number it has; and if a strategy was taken for good, and the
 * records that follow say that its experiment was over, it is put out of force again: what was in force instead comes
 * later in the topic, because it was published again when the other was refused.
 */
final class StrategyKeeper {
    /** Begins the key of a record that says which number an experiment has. */
    static final String SALT = "salt:";

    private static final Logger LOG = LoggerFactory.getLogger(StrategyKeeper.class);

    private final LiveModels models;
    private final Counters counters;

    StrategyKeeper(LiveModels models, Counters counters) {
        this.models = models;
        this.counters = counters;
    }

    void accept(String key, Strategy strategy, GlobalIndexer.Arrival arrival) {
        boolean note = key.startsWith(SALT);
        if (note && (strategy == null || isNote(key, strategy))) {
            if (strategy != null) {
                learn(strategy.getSalt(), strategy.getExperimentNumber());
            }
        } else if (strategy == null) {
            remove(key, arrival);
        } else if (note || strategy.getExperimentNumber() != null) {
            refuse(key, strategy, List.of("experimentNumber and keys that begin with salt: are Kombo's own"), arrival);
        } else {
            judge(key, strategy, arrival);
        }
    }

    /** Only the record in force ends an experiment: others that are removed say nothing after compaction either. */
    private void remove(String key, GlobalIndexer.Arrival arrival) {
        PublishedStrategies.InForce inForce = models.published().inForce();
        if (inForce != null && inForce.key().equals(key)) {
            putInForce(StrategyPlan.standard(), null, arrival);
        } else {
            LOG.warn("Strategy {} is removed; it was not in force", key);
        }
    }

    private static boolean isNote(String key, Strategy strategy) {
        return strategy.getExperimentNumber() != null && key.equals(SALT + strategy.getSalt());
    }

    private void judge(String key, Strategy strategy, GlobalIndexer.Arrival arrival) {
        StrategyPlan plan = StrategyMapper.toDomain(strategy);
        StrategyPlan running = models.strategy().plan();
        if (plan.equals(running)) {
            return;
        }
        List<String> problems = plan.problemsAfter(running, models.usedSalts());
        if (problems.isEmpty()) {
            putInForce(plan, new PublishedStrategies.InForce(key, strategy), arrival);
        } else {
            refuse(key, strategy, problems, arrival);
        }
    }

    /** Puts a plan in force; nobody published the standard one. */
    private void putInForce(StrategyPlan plan, PublishedStrategies.InForce published, GlobalIndexer.Arrival arrival) {
        models.strategy(plan);
        models.published().inForce(published);
        LOG.info("Strategy {} of {} is in force: {}", plan.version(), plan.salt(), plan);
        UsedSalts next = models.usedSalts().inForce(plan.salt());
        if (!next.equals(models.usedSalts())) {
            models.usedSalts(next);
            models.published()
                    .unnoted(new PublishedStrategies.Experiment(
                            plan.salt(), models.usedSalts().number(plan.salt()), plan.version(), arrival.recordTime()));
        }
    }

    private void learn(String salt, long number) {
        models.usedSalts(models.usedSalts().with(salt, number));
        models.published().noted(salt);
        StrategyPlan running = models.strategy().plan();
        if (!models.usedSalts().usedUp(running.salt())) {
            return;
        }
        for (PublishedStrategies.Experiment unnoted : models.published().unnoted()) {
            if (unnoted.salt().equals(running.salt())) {
                models.usedSalts(models.usedSalts().inForce(running.salt()));
                models.published()
                        .unnoted(new PublishedStrategies.Experiment(
                                running.salt(),
                                models.usedSalts().number(running.salt()),
                                running.version(),
                                unnoted.recordTime()));
                return;
            }
        }
        if (models.published().inForce() != null) {
            LOG.warn("Strategy {} of {} is refused: its experiment was over", running.version(), running.salt());
            models.strategy(StrategyPlan.standard());
            models.published().inForce(null);
        }
    }

    private void refuse(String key, Strategy strategy, List<String> problems, GlobalIndexer.Arrival arrival) {
        StrategyPlan running = models.strategy().plan();
        LOG.error(
                "Strategy {} is refused, {} of {} stays: {}",
                strategy.getVersion(),
                running.version(),
                running.salt(),
                problems);
        counters.count("strategy.refused");
        models.published()
                .refuse(new PublishedStrategies.Refusal(
                        key, problems, strategy.toString(), arrival.recordTime(), arrival.offset()));
    }
}
