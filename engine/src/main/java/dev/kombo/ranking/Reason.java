package dev.kombo.ranking;

/**
 * The contribution of one signal to a score.
 *
 * @param signal the signal
 * @param value in its own unit
 * @param contribution weight times standardised value
 */
public record Reason(Signal signal, double value, double contribution) {}
