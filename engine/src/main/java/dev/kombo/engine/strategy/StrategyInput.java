package dev.kombo.engine.strategy;

import dev.kombo.experiment.ShareMove;
import dev.kombo.experiment.StrategyPlan;
import org.jspecify.annotations.Nullable;

/** What the strategy task reads. */
public sealed interface StrategyInput {
    /** When it was published, epoch milliseconds. */
    long time();

    /**
     * A strategy that an operator published or removed.
     *
     * @param key under which it was published; null: none
     * @param plan null: what had this key is removed
     * @param text the strategy as published, for whoever looks into why it was rejected
     */
    record Published(@Nullable String key, @Nullable StrategyPlan plan, String text, long time)
            implements StrategyInput {}

    /**
     * A change that the report task asks for.
     *
     * @param experiment whose strategy it changes
     */
    record Moved(String experiment, ShareMove move, long time) implements StrategyInput {}
}
