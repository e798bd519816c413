package dev.kombo.engine.report;

import dev.kombo.attribution.Outcome;
import java.util.List;

/**
 * The outcomes of one event, for the report task to count; the task reads nothing else. Either all of them are counted
 * or none.
 *
 * @param time when they were sent, epoch milliseconds
 */
public record ReportInput(List<Outcome> outcomes, long time) {}
