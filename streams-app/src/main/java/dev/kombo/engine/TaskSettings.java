package dev.kombo.engine;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;

/** How often the tasks of the stream do what no single event asks for. */
public final class TaskSettings {
    public static final Setting<Long> MAINTENANCE_INTERVAL = Setting.ofLong(
                    "kombo.maintenance.interval.ms", 100, between(10L, 60_000L))
            .low("Interval of the maintenance that closes orders, expires offers, reports finished windows of"
                    + " experiments and forgets expired sessions, in milliseconds.");
    public static final Setting<Long> ITEM_FLUSH_INTERVAL = Setting.ofLong(
                    "kombo.item.flush.interval.ms", 1000, between(10L, 3_600_000L))
            .medium("Shortest time between two publications of an item, in milliseconds.");
    public static final Setting<Long> REPORT_INTERVAL = Setting.ofLong(
                    "kombo.report.interval.ms", 1000, between(10L, 3_600_000L))
            .low("Shortest time between two publications of a report, in milliseconds.");
    public static final Setting<Long> SWEEP_INTERVAL = Setting.ofLong(
                    "kombo.learning.sweep.interval.ms", 20, between(1L, 60_000L))
            .low("Time between two slices of a sweep over the rows of an item task, in milliseconds; a slice is 100"
                    + " rows, which take some 1.2 milliseconds.");

    private TaskSettings() {}
}
