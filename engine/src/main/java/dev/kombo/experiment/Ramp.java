package dev.kombo.experiment;

import java.util.List;

/**
 * Steps by which the share of a new treatment grows while no guardrail is crossed. The other arms give up shares in
 * proportion.
 *
 * @param steps shares of the treatment, ascending, above 0 and at most 1; it starts with one of them or below
 * @param usersAtLeast users of the treatment that every guardrail must have observed since the last step, at least
 *     {@value #FEWEST_USERS}: a version with fewer counts in no comparison
 */
public record Ramp(List<Double> steps, int usersAtLeast) {
    private static final int FEWEST_USERS = 250;
    private static final int MOST_STEPS = 50;

    /** Copies the steps. */
    public Ramp {
        steps = List.copyOf(steps);
    }

    /** The smallest step above a share; the share itself where there is none. */
    public double after(double share) {
        for (double step : steps) {
            if (step > share) {
                return step;
            }
        }
        return share;
    }

    void addProblems(List<Arm> arms, List<Guardrail> guardrails, Problems problems) {
        double before = 0;
        for (double step : steps) {
            // Negated, so that NaN is a problem too.
            problems.addIf(
                    !(step > before && step <= 1),
                    "ramp has the step " + step + " after " + before + "; expected: ascending, at most 1");
            before = step;
        }
        problems.addIf(
                steps.isEmpty() || steps.size() > MOST_STEPS,
                "ramp has " + steps.size() + " steps; expected: 1 to " + MOST_STEPS);
        problems.addIf(
                usersAtLeast < FEWEST_USERS,
                "ramp asks for " + usersAtLeast + " users; expected: at least " + FEWEST_USERS);
        problems.addIf(guardrails.isEmpty(), "ramp needs a guardrail");
        problems.addIf(
                arms.stream().filter(arm -> arm.kind() == Arm.Kind.TREATMENT).count() != 1,
                "ramp needs exactly one treatment");
    }
}
