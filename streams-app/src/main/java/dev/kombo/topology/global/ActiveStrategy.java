package dev.kombo.topology.global;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.profile.ShopperKey;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import java.util.HashSet;
import java.util.Set;

/**
 * The active strategy, kept separately for users and for visitors without a user id: a visitor may be an unrecognised
 * user, so the two groups are never compared. Immutable.
 *
 * @param published the plan as an Avro record
 * @param plan the plan as the operator published it, which is that of users
 * @param visitors the plan of visitors
 * @param usedExperiments ids of experiments that were active before
 */
public record ActiveStrategy(
        Strategy published, StrategyPlan plan, StrategyPlan visitors, Set<String> usedExperiments) {

    private static ActiveStrategy of(Strategy published, Set<String> usedExperiments) {
        StrategyPlan plan = StrategyMapper.PLANS.toDomain(published);
        return new ActiveStrategy(published, plan, plan.ofVisitors(), usedExperiments);
    }

    /** The standard strategy, which is active until one is published. */
    public static ActiveStrategy standard(StrategyPlan plan) {
        return of(StrategyMapper.PLANS.toAvro(plan), Set.of());
    }

    /** Returns the state after the next strategy has become active. */
    public ActiveStrategy followedBy(Strategy next) {
        Set<String> used = new HashSet<>(usedExperiments);
        used.add(plan.salt());
        used.remove(next.getSalt());
        return of(next, Set.copyOf(used));
    }

    /** Whether an experiment is the one of visitors without a user id. */
    public static boolean ofVisitors(String experiment) {
        return experiment.endsWith(StrategyPlan.VISITORS);
    }

    /** Returns the plan that applies to a shopper. */
    public StrategyPlan planOf(String shopperKey) {
        return ShopperKey.isSession(shopperKey) ? visitors : plan;
    }
}
