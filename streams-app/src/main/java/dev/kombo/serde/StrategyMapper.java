package dev.kombo.serde;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.Strategy;

/** Maps strategies to Avro records and back. */
public final class StrategyMapper {
    private static final RecordCodec<StrategyPlan, Strategy> CODEC = RecordCodec.of(
            StrategyPlan.class,
            Strategy.class,
            new RecordCodec.Exceptions().unknown("startsAt", Long.MIN_VALUE).unknown("endsAt", Long.MAX_VALUE));

    private StrategyMapper() {}

    /**
     * Returns the strategy; {@link StrategyPlan#problems} says whether it is valid. A kind, objective or ranker that
     * this version does not know is null.
     */
    public static StrategyPlan toDomain(Strategy strategy) {
        return CODEC.toDomain(strategy);
    }

    /** Returns a strategy as an Avro record; {@link #toDomain} reverses it. */
    public static Strategy toAvro(StrategyPlan plan) {
        return CODEC.toAvro(plan);
    }
}
