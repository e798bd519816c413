package dev.kombo.serde;

import dev.kombo.experiment.StrategyPlan;
import dev.kombo.schema.Strategy;

/** Maps strategies to Avro records and back. */
public final class StrategyMapper {
    /**
     * {@link StrategyPlan#problems} says whether a strategy is valid. A kind, objective or ranker that this version
     * does not know is null.
     */
    public static final RecordCodec<StrategyPlan, Strategy> PLANS = RecordCodec.of(
            StrategyPlan.class,
            Strategy.class,
            new RecordCodec.Exceptions().unknown("startsAt", Long.MIN_VALUE).unknown("endsAt", Long.MAX_VALUE));

    private StrategyMapper() {}
}
