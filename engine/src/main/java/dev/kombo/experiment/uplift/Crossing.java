package dev.kombo.experiment.uplift;

import dev.kombo.codec.Fields;

/**
 * Records that a treatment crossed a guardrail: which one, when, and what Kombo does about it.
 *
 * @param measure name of the guardrail's measure
 * @param arm the treatment
 * @param action name of what the guardrail asks for
 * @param version of the strategy that results from it; of an alert, the active one
 * @param time of the latest outcome that it is based on, epoch milliseconds
 * @param reason what was found, for an operator
 */
public record Crossing(String measure, String arm, String action, long version, long time, String reason) {
    /** Stands for a crossing that is to be read. */
    static final Crossing BLANK = new Crossing("", "", "", 0, 0, "");

    Crossing fields(Fields f) {
        return new Crossing(
                f.text(measure), f.text(arm), f.text(action), f.number(version), f.number(time), f.text(reason));
    }

    /** Whether another one is of the same guardrail and treatment. */
    boolean repeats(Crossing other) {
        return measure.equals(other.measure) && arm.equals(other.arm) && action.equals(other.action);
    }
}
