package dev.kombo.serde;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.Strategy;

/** Strategies: contract to domain and back. */
public final class StrategyMapper {
    private static final RecordCodec<StrategyPlan, Strategy> CODEC = RecordCodec.of(
            StrategyPlan.class,
            Strategy.class,
            new RecordCodec.Exceptions().unknown("startsAt", Long.MIN_VALUE).unknown("endsAt", Long.MAX_VALUE));

    private StrategyMapper() {}

    /**
     * The strategy in domain terms; {@link StrategyPlan#problems} says whether it can be used. A kind, objective or
     * ranker that this version does not know is null.
     */
    public static StrategyPlan toDomain(Strategy strategy) {
        return CODEC.toDomain(strategy);
    }

    /** The contract's form of a plan; {@link #toDomain} gives the plan back. */
    public static Strategy toAvro(StrategyPlan plan) {
        return CODEC.toAvro(plan);
    }
}
