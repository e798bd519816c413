package dev.kombo.lab.study;

import dev.kombo.tracking.Arm;
import dev.kombo.tracking.ArmKind;
import java.util.List;
import java.util.Map;

/**
 * An experiment that is simulated many times.
 *
 * @param name short
 * @param phases its versions, in order
 * @param effects what arms do, by name; arms that are not there do nothing
 */
record Scenario(String name, List<Phase> phases, Map<String, Effect> effects) {
    static final String HOLDOUT = "holdout";
    static final String POPULARITY = "popularity";
    static final String TREATMENT = "treatment";

    /** What runs by default: no effect, a good effect on most shoppers, a good and a bad one on few. */
    static List<Scenario> builtIn() {
        List<Phase> smallHoldout =
                List.of(new Phase(8000, arms(0.05, 0.10, 0.85), 1), new Phase(4000, arms(0.10, 0.10, 0.80), 1.4));
        List<Phase> smallTreatment =
                List.of(new Phase(8000, arms(0.85, 0.10, 0.05), 1), new Phase(4000, arms(0.70, 0.10, 0.20), 1.4));
        return List.of(
                new Scenario("A/A", smallHoldout, Map.of()),
                new Scenario("A/B, +50 %, small holdout", smallHoldout, Map.of(TREATMENT, new Effect(1.2, 1.25))),
                new Scenario("A/B, +50 %, small treatment", smallTreatment, Map.of(TREATMENT, new Effect(1, 1.5))),
                new Scenario("A/B, -40 %, small treatment", smallTreatment, Map.of(TREATMENT, new Effect(0.6, 1))));
    }

    Effect effect(String arm) {
        return effects.getOrDefault(arm, Effect.NONE);
    }

    private static List<Arm> arms(double holdout, double popularity, double treatment) {
        return List.of(
                new Arm(HOLDOUT, ArmKind.HOLDOUT, holdout, 0),
                new Arm(POPULARITY, ArmKind.BASELINE, popularity, 0),
                new Arm(TREATMENT, ArmKind.TREATMENT, treatment, 0));
    }
}
