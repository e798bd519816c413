package dev.kombo.ranking;

/**
 * One signal's part in a score.
 *
 * @param signal the signal
 * @param value as measured, in its own unit
 * @param contribution weight times standardised value
 */
public record Reason(Signal signal, double value, double contribution) {}
