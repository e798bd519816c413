package dev.kombo.experiment;

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
