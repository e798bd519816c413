package dev.kombo.engine;

import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Millis;
import dev.kombo.settings.Setting;

/** Settings of the periodic work of stream tasks, and of what they keep. */
public final class TaskSettings {
    public static final Setting<Long> ITEM_FLUSH_INTERVAL = Setting.ofLong(
                    "kombo.item.flush.interval.ms", 1000, between(10L, Millis.HOUR))
            .medium("Minimum time between two publications of an item, in milliseconds.");
    public static final Setting<Integer> UNLISTED_MAX = Setting.ofInt(
                    "kombo.item.unlisted.max", 10_000, between(0, 10_000_000))
            .medium("Most items and bundles outside of the catalogue that are learned about, over all"
                    + " partitions; those with most interactions are kept.");
    public static final Setting<Long> RETIREMENT = Setting.ofLong(
                    "kombo.item.retirement.ms", 30 * Millis.DAY, between(Millis.HOUR, Millis.DECADE))
            .medium("How long what was learned about an item or bundle outside of the catalogue is kept"
                    + " after the latest interaction with it, in milliseconds.");

    private TaskSettings() {}
}
