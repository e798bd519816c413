package dev.kombo.engine.strategy;

import dev.kombo.engine.task.Output;
import dev.kombo.experiment.StrategyPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** What the strategy task emits. */
public sealed interface StrategyOutput extends Output {
    /** A strategy is active from now on. */
    record Activated(StrategyPlan plan, long time) implements StrategyOutput {}

    /**
     * A strategy is not used.
     *
     * @param key under which it was published; null: it follows from a change that Kombo made to a standard strategy
     * @param text the strategy as published
     * @param problems why, in sentences for an operator
     */
    record Rejected(@Nullable String key, String text, List<String> problems, long time) implements StrategyOutput {}
}
