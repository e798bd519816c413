package dev.kombo.engine.report;

import dev.kombo.attribution.Outcome;
import java.util.List;

/**
 * Outcomes of one event; all that the report task reads. Either all of them are counted or none.
 *
 * @param time when they were sent, epoch milliseconds
 */
public record ReportInput(List<Outcome> outcomes, long time) {}
