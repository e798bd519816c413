package dev.kombo.engine.report;

import dev.kombo.codec.Fields;
import java.util.List;

/**
 * The comparisons of an experiment's arms as they stood at the end of a day, kept to show how they developed. They are
 * what the last report of that day said, and separate from the day's account, which is written far more often.
 *
 * @param dayStart start of the UTC day, epoch milliseconds
 * @param lastEventTime time of the latest outcome that they are based on, epoch milliseconds
 */
public record DayComparisons(
        String experiment, long dayStart, long lastEventTime, List<ReportedComparison> comparisons) {
    /** Stands for comparisons that are to be read. */
    public static final DayComparisons BLANK = new DayComparisons("", 0, 0, List.of());

    /** Version of the layout; version 0.2.0 wrote Avro. */
    private static final int LAYOUT = 1;

    public DayComparisons fields(Fields f) {
        f.version("comparisons of a day", LAYOUT, LAYOUT, LAYOUT);
        String id = f.text(experiment);
        long start = f.number(dayStart);
        long latest = f.after(lastEventTime, start);
        return new DayComparisons(
                id, start, latest, f.each(comparisons, ReportedComparison.BLANK, ReportedComparison::fields));
    }
}
