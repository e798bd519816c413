package dev.kombo.engine.report;

import java.util.List;

/**
 * How the arms of an experiment compared when a day was last published. It is separate from the day's account, which is
 * written far more often.
 *
 * @param dayStart start of the UTC day, epoch milliseconds
 * @param lastEventTime time of the latest outcome that they are based on, epoch milliseconds
 */
public record DayComparisons(
        String experiment, long dayStart, long lastEventTime, List<ReportedComparison> comparisons) {}
