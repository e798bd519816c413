package dev.kombo.lab.simulation;

import dev.kombo.tracking.Arm;
import dev.kombo.tracking.ArmKind;
import dev.kombo.tracking.OfferObjective;
import dev.kombo.tracking.OfferPolicy;
import dev.kombo.tracking.StrategyPlan;
import java.util.List;

/** The experiment that a simulation runs where no other is given. */
final class SimulationStrategy {
    private static final double HOLDOUT = 0.2;
    private static final double POPULARITY = 0.2;

    private SimulationStrategy() {}

    /**
     * A fifth is held out, a fifth gets the most popular bundles, the rest what serves the objective best; from the end of
     * the warm-up on.
     */
    static StrategyPlan standard(SimulationSettings settings, OfferObjective objective) {
        return new StrategyPlan(
                1,
                "simulation",
                List.of(
                        new Arm("holdout", ArmKind.HOLDOUT, HOLDOUT, 0),
                        new Arm("popularity", ArmKind.BASELINE, POPULARITY, 0),
                        new Arm(
                                "treatment",
                                ArmKind.TREATMENT,
                                1 - HOLDOUT - POPULARITY,
                                0,
                                OfferPolicy.of(objective))),
                settings.experimentStart(),
                Long.MAX_VALUE);
    }

    /** Name of the first arm of a kind, or null. */
    static String first(StrategyPlan plan, ArmKind kind) {
        for (Arm arm : plan.arms()) {
            if (arm.kind() == kind) {
                return arm.name();
            }
        }
        return null;
    }
}
