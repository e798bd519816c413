package dev.kombo.topology;

import dev.kombo.profile.ShopperKey;
import dev.kombo.tracking.StrategyPlan;

/**
 * The strategy in force, for users and, apart from them, for visitors without a user id: a visitor may be a user whom
 * one does not know, so the two are never compared.
 */
public final class LiveStrategy {
    private final StrategyPlan users;
    private final StrategyPlan visitors;

    LiveStrategy(StrategyPlan plan) {
        users = plan;
        visitors = plan.ofVisitors();
    }

    /** Whether an experiment is that of visitors without a user id. */
    public static boolean ofVisitors(String experiment) {
        return experiment.endsWith(StrategyPlan.VISITORS);
    }

    /** The plan that holds for a shopper. */
    public StrategyPlan planOf(String shopperKey) {
        return ShopperKey.isSession(shopperKey) ? visitors : users;
    }

    /** The plan as the operator wrote it. */
    public StrategyPlan plan() {
        return users;
    }
}
