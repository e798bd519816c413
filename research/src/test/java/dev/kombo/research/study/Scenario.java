package dev.kombo.research.study;

import dev.kombo.experiment.Allocation;
import dev.kombo.experiment.Arm;
import java.util.List;
import java.util.Map;

/**
 * An experiment that is simulated many times.
 *
 * @param name short
 * @param phases its versions, in order
 * @param effects what arms do, by name; arms that are not there do nothing
 * @param allocation bounds within which shares move by themselves; null: they stay
 * @param entryMillis time from one entry to the next
 */
record Scenario(String name, List<Phase> phases, Map<String, Effect> effects, Allocation allocation, long entryMillis) {
    static final String HOLDOUT = "holdout";
    static final String POPULARITY = "popularity";
    static final String TREATMENT = "treatment";

    private static final long TEN_MINUTES = 600_000;
    private static final long SIX_HOURS = 36 * TEN_MINUTES;

    /** Shares stay. */
    Scenario(String name, List<Phase> phases, Map<String, Effect> effects) {
        this(name, phases, effects, null, TEN_MINUTES);
    }

    /**
     * What runs by default: no effect, a good effect on most shoppers, a good and a bad one on few; and no effect and a
     * good one of three treatments between which shares move. There, few enter while others are observed, so that there
     * are many moves.
     */
    static List<Scenario> builtIn() {
        List<Phase> smallHoldout =
                List.of(new Phase(8000, arms(0.05, 0.10, 0.85), 1), new Phase(4000, arms(0.10, 0.10, 0.80), 1.4));
        List<Phase> smallTreatment =
                List.of(new Phase(8000, arms(0.85, 0.10, 0.05), 1), new Phase(4000, arms(0.70, 0.10, 0.20), 1.4));
        List<Phase> quarters = List.of(new Phase(5000, quarters(), 1), new Phase(5000, quarters(), 1.4));
        Allocation allocation = new Allocation(0.1, 0.55, 250);
        return List.of(
                new Scenario("A/A", smallHoldout, Map.of()),
                new Scenario("A/B, +50 %, small holdout", smallHoldout, Map.of(TREATMENT, new Effect(1.2, 1.25))),
                new Scenario("A/B, +50 %, small treatment", smallTreatment, Map.of(TREATMENT, new Effect(1, 1.5))),
                new Scenario("A/B, -40 %, small treatment", smallTreatment, Map.of(TREATMENT, new Effect(0.6, 1))),
                new Scenario("A/A, shares move", quarters, Map.of(), allocation, SIX_HOURS),
                new Scenario(
                        "A/B, +50 %, shares move",
                        quarters, Map.of(TREATMENT, new Effect(1.2, 1.25)), allocation, SIX_HOURS));
    }

    private static List<Arm> quarters() {
        return List.of(
                new Arm(HOLDOUT, Arm.Kind.HOLDOUT, 0.25),
                new Arm(TREATMENT, Arm.Kind.TREATMENT, 0.25),
                new Arm("second", Arm.Kind.TREATMENT, 0.25),
                new Arm("third", Arm.Kind.TREATMENT, 0.25));
    }

    Effect effect(String arm) {
        return effects.getOrDefault(arm, Effect.NONE);
    }

    static List<Arm> arms(double holdout, double popularity, double treatment) {
        return List.of(
                new Arm(HOLDOUT, Arm.Kind.HOLDOUT, holdout),
                new Arm(POPULARITY, Arm.Kind.BASELINE, popularity),
                new Arm(TREATMENT, Arm.Kind.TREATMENT, treatment));
    }
}
