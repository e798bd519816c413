package dev.kombo.engine;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;

/** How often the tasks of the stream do what no single event asks for, and from which lag on they leave work out. */
public final class TaskSettings {
    public static final Setting<Long> MAINTENANCE_INTERVAL = Setting.ofLong(
                    "kombo.maintenance.interval.ms", 500, between(10L, 60_000L))
            .low("Interval of the maintenance that closes orders, expires offers, reports finished windows of"
                    + " experiments and forgets expired sessions, in milliseconds.");
    public static final Setting<Long> ITEM_FLUSH_INTERVAL = Setting.ofLong(
                    "kombo.item.flush.interval.ms", 1000, between(10L, 3_600_000L))
            .medium("Shortest time between two publications of an item, in milliseconds.");
    public static final Setting<Long> REPORT_INTERVAL = Setting.ofLong(
                    "kombo.report.interval.ms", 1000, between(10L, 3_600_000L))
            .low("Shortest time between two publications of a report, in milliseconds.");
    public static final Setting<Integer> REPLAY_BUDGET = Setting.ofInt(
                    "kombo.learning.replay.budget", 10, between(0, 127))
            .low("How often sweeps replay a stored interaction.");
    public static final Setting<Long> SWEEP_INTERVAL = Setting.ofLong(
                    "kombo.learning.sweep.interval.ms", 1000, between(10L, 3_600_000L))
            .low("Time between two replay sweeps of a task, in milliseconds; they run only when it has caught"
                    + " up.");
    public static final Setting<Integer> SWEEP_USERS = Setting.ofInt(
                    "kombo.learning.sweep.users", 64, between(0, 10_000))
            .medium("Shoppers whose history one sweep replays; 0 switches sweeps off.");
    public static final Setting<Long> BACKLOG = Setting.ofLong(
                    "kombo.learning.backlog.records", 10_000, between(0L, 1_000_000_000L))
            .medium("Lag in records above which sweeps wait and negative samples of items are left out.");

    private TaskSettings() {}
}
