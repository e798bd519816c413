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
 */
public final class ActiveStrategy {
    private final StrategyPlan users;
    private final StrategyPlan visitors;
    private final Strategy published;
    private final Set<String> usedExperiments;

    private ActiveStrategy(Strategy published, Set<String> usedExperiments) {
        this.users = StrategyMapper.toDomain(published);
        this.visitors = users.ofVisitors();
        this.published = published;
        this.usedExperiments = usedExperiments;
    }

    /** The standard strategy, which is active until one is published. */
    public static ActiveStrategy standard(StrategyPlan plan) {
        return new ActiveStrategy(StrategyMapper.toAvro(plan), Set.of());
    }

    /** Returns the state after the next strategy has become active. */
    public ActiveStrategy followedBy(Strategy next) {
        Set<String> used = new HashSet<>(usedExperiments);
        used.add(users.salt());
        used.remove(next.getSalt());
        return new ActiveStrategy(next, Set.copyOf(used));
    }

    /** Whether an experiment is the one of visitors without a user id. */
    public static boolean ofVisitors(String experiment) {
        return experiment.endsWith(StrategyPlan.VISITORS);
    }

    /** Returns the plan that applies to a shopper. */
    public StrategyPlan planOf(String shopperKey) {
        return ShopperKey.isSession(shopperKey) ? visitors : users;
    }

    /** The plan as the operator published it. */
    public StrategyPlan plan() {
        return users;
    }

    /** The plan as an Avro record. */
    public Strategy published() {
        return published;
    }

    /** Ids of experiments that were active before. */
    public Set<String> usedExperiments() {
        return usedExperiments;
    }
}
