package dev.kombo.engine.report;

import dev.kombo.attribution.Outcome;

/**
 * An outcome for the report task to count; the task reads nothing else.
 *
 * @param time when it was sent, epoch milliseconds
 */
public record ReportInput(Outcome outcome, long time) {}
