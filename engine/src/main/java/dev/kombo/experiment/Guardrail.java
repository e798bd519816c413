package dev.kombo.experiment;

import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A limit on the harm that a treatment may do: where its users do worse than those of the control by more than a
 * margin, Kombo acts.
 *
 * @param measure name of what is measured; the measure says whether more of it is better
 * @param margin loss that is accepted, relative to the control, 0 or more: 0.02 accepts 2 % less revenue
 * @param action what Kombo does; null where this version does not know it
 */
public record Guardrail(
        String measure, double margin, @Nullable Action action) {
    /** The guardrail of a strategy that names none: a treatment that loses revenue stops. */
    public static final Guardrail STANDARD = new Guardrail("revenue28d", 0, Action.STOP);

    void addProblems(List<Arm> arms, Problems problems) {
        Measure known = Measure.of(measure);
        if (known == null) {
            problems.add("guardrails has the measure " + measure + ", which is none of " + Measure.labels(any -> true));
        } else if (known.ofOffers() && arms.stream().noneMatch(arm -> arm.kind() == Arm.Kind.BASELINE)) {
            problems.add("guardrails has the measure " + measure
                    + ", which needs a baseline to compare with: users of a holdout get no offers");
        }
        // Negated, so that NaN is a problem too.
        problems.addIf(
                !(margin >= 0 && margin <= 1), "guardrails has the margin " + margin + ", which is not within 0 and 1");
        problems.addIf(action == null, "guardrails has an unknown action");
        problems.addIf(
                arms.stream().noneMatch(arm -> arm.kind() != Arm.Kind.TREATMENT),
                "guardrails need a holdout or a baseline to compare with");
    }

    /** What happens when a treatment is worse than a guardrail allows. */
    public enum Action {
        /** It is reported. */
        ALERT,
        /** Shares no longer move, neither by allocation nor by a ramp. */
        HOLD,
        /** The arm ends: its users get the control. */
        STOP,
        /** The version of the strategy that an operator published before this one is active again. */
        ROLL_BACK
    }
}
