package dev.kombo.engine.strategy;

import dev.kombo.codec.Fields;
import dev.kombo.experiment.StrategyPlan;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What the strategy task stores: the active strategy, the experiments that were active before, and the previous
 * strategy of the same experiment.
 *
 * @param key under which it was published; null: the standard strategy, active because another was removed
 * @param active the active strategy
 * @param usedExperiments ids of the experiments that were active before, in alphabetical order
 * @param previous the strategy of the same experiment before the active one was published, which a guardrail may make
 *     active again; null: none
 */
public record StrategyState(
        @Nullable String key,
        StrategyPlan active,
        List<String> usedExperiments,
        @Nullable StrategyPlan previous) {
    /** Any state, to be passed where one is read. */
    public static final StrategyState BLANK = new StrategyState(null, StrategyPlan.standard(), List.of(), null);

    /** Version of the layout. */
    private static final int LAYOUT = 1;

    /**
     * The fields.
     *
     * @param plans writes and reads a strategy
     */
    public StrategyState fields(Fields f, Fields.Shape<StrategyPlan> plans) {
        f.version("the active strategy", LAYOUT, LAYOUT, LAYOUT);
        return new StrategyState(
                f.textOrNull(key),
                plans.fields(active, f),
                f.texts(usedExperiments),
                f.optional(previous, active, plans));
    }

    /** The same with another strategy to go back to. */
    StrategyState goingBackTo(@Nullable StrategyPlan earlier) {
        return new StrategyState(key, active, usedExperiments, earlier);
    }
}
