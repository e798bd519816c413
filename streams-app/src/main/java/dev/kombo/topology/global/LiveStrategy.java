package dev.kombo.topology.global;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.profile.ShopperKey;
import dev.kombo.schema.Strategy;
import dev.kombo.serde.StrategyMapper;
import java.util.HashSet;
import java.util.Set;

/**
 * The active strategy, for users and, apart from them, for visitors without a user id: a visitor may be a user whom one
 * does not know, so the two are never compared. Immutable.
 */
public final class LiveStrategy {
    private final StrategyPlan users;
    private final StrategyPlan visitors;
    private final Strategy published;
    private final Set<String> usedExperiments;

    private LiveStrategy(Strategy published, Set<String> usedExperiments) {
        this.users = StrategyMapper.toDomain(published);
        this.visitors = users.ofVisitors();
        this.published = published;
        this.usedExperiments = usedExperiments;
    }

    /** The one that is active before any was published. */
    public static LiveStrategy standard(StrategyPlan plan) {
        return new LiveStrategy(StrategyMapper.toAvro(plan), Set.of());
    }

    /** The next one to be active. */
    public LiveStrategy followedBy(Strategy next) {
        Set<String> used = new HashSet<>(usedExperiments);
        used.add(users.salt());
        used.remove(next.getSalt());
        return new LiveStrategy(next, Set.copyOf(used));
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

    /** The same as a record. */
    public Strategy published() {
        return published;
    }

    /** Experiments that were active before. */
    public Set<String> usedExperiments() {
        return usedExperiments;
    }
}
