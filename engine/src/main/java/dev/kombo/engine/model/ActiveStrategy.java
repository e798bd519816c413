package dev.kombo.engine.model;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.profile.ShopperKey;
import java.util.HashSet;
import java.util.Set;

/**
 * The active strategy, kept separately for users and for visitors without a user id: a visitor may be an unrecognised
 * user, so the two groups are never compared. Immutable.
 *
 * @param plan the plan as the operator published it, which is that of users
 * @param visitors the plan of visitors
 * @param usedExperiments ids of experiments that were active before
 */
public record ActiveStrategy(StrategyPlan plan, StrategyPlan visitors, Set<String> usedExperiments) {

    private static ActiveStrategy of(StrategyPlan plan, Set<String> usedExperiments) {
        return new ActiveStrategy(plan, plan.ofVisitors(), usedExperiments);
    }

    /** The standard strategy, which is active until one is published. */
    public static ActiveStrategy standard(StrategyPlan plan) {
        return of(plan, Set.of());
    }

    /** Returns the state after the next strategy has become active. */
    public ActiveStrategy followedBy(StrategyPlan next) {
        Set<String> used = new HashSet<>(usedExperiments);
        used.add(plan.salt());
        used.remove(next.salt());
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
