package dev.kombo.engine;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.Setting.Importance;
import dev.kombo.settings.SettingGroup;
import dev.kombo.settings.SettingValues;

/** How often the tasks of the stream do what no single event asks for, and from which lag on they leave work out. */
public record TaskSettings(
        long maintenanceMillis,
        long itemFlushMillis,
        long reportMillis,
        int replayBudget,
        long sweepMillis,
        int sweepUsers,
        long backlogRecords) {
    public static final Setting<Long> MAINTENANCE_INTERVAL = Setting.ofLong(
            "kombo.maintenance.interval.ms",
            500,
            between(10L, 60_000L),
            Importance.LOW,
            "Interval of the maintenance that closes orders, expires offers, reports finished windows of experiments and"
                    + " forgets expired sessions, in milliseconds.");
    public static final Setting<Long> ITEM_FLUSH_INTERVAL = Setting.ofLong(
            "kombo.item.flush.interval.ms",
            1000,
            between(10L, 3_600_000L),
            Importance.MEDIUM,
            "Shortest time between two publications of an item, in milliseconds.");
    public static final Setting<Long> REPORT_INTERVAL = Setting.ofLong(
            "kombo.report.interval.ms",
            1000,
            between(10L, 3_600_000L),
            Importance.LOW,
            "Shortest time between two publications of a report, in milliseconds.");
    public static final Setting<Integer> REPLAY_BUDGET = Setting.ofInt(
            "kombo.learning.replay.budget",
            10,
            between(0, 127),
            Importance.LOW,
            "How often sweeps replay a stored interaction.");
    public static final Setting<Long> SWEEP_INTERVAL = Setting.ofLong(
            "kombo.learning.sweep.interval.ms",
            1000,
            between(10L, 3_600_000L),
            Importance.LOW,
            "Time between two replay sweeps of a task, in milliseconds; they run only when it has caught up.");
    public static final Setting<Integer> SWEEP_USERS = Setting.ofInt(
            "kombo.learning.sweep.users",
            64,
            between(0, 10_000),
            Importance.MEDIUM,
            "Shoppers whose history one sweep replays; 0 switches sweeps off.");
    public static final Setting<Long> BACKLOG = Setting.ofLong(
            "kombo.learning.backlog.records",
            10_000,
            between(0L, 1_000_000_000L),
            Importance.MEDIUM,
            "Lag in records above which sweeps wait and negative samples of items are left out.");
    public static final SettingGroup SETTINGS = SettingGroup.of(
            MAINTENANCE_INTERVAL,
            ITEM_FLUSH_INTERVAL,
            REPORT_INTERVAL,
            REPLAY_BUDGET,
            SWEEP_INTERVAL,
            SWEEP_USERS,
            BACKLOG);

    /** Settings as given. */
    public static TaskSettings of(SettingValues values) {
        return new TaskSettings(
                values.get(MAINTENANCE_INTERVAL),
                values.get(ITEM_FLUSH_INTERVAL),
                values.get(REPORT_INTERVAL),
                values.get(REPLAY_BUDGET),
                values.get(SWEEP_INTERVAL),
                values.get(SWEEP_USERS),
                values.get(BACKLOG));
    }
}
