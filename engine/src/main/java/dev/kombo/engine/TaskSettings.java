package dev.kombo.engine;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Millis;
import dev.kombo.settings.Setting;

/** Settings of the periodic work of stream tasks, and of what they keep. */
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
    public static final Setting<Integer> UNLISTED_MAX = Setting.ofInt(
                    "kombo.item.unlisted.max", 10_000, between(0, 10_000_000))
            .medium("Most items and bundles that are learned of although the catalogue has none of them, of all"
                    + " partitions together; those touched most often stay.");
    public static final Setting<Long> RETIREMENT = Setting.ofLong(
                    "kombo.item.retirement.ms", 30 * Millis.DAY, between(Millis.HOUR, Millis.DECADE))
            .medium("How long what was learned of an item or bundle that the catalogue does not have is kept after it"
                    + " was touched last, in milliseconds.");

    private TaskSettings() {}
}
