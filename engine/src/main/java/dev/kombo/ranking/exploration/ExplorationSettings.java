package dev.kombo.ranking.exploration;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.HOUR;
import static dev.kombo.settings.Millis.MINUTE;
import static dev.kombo.settings.Range.between;

import dev.kombo.catalog.EngagementSettings;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * Settings of the exploration of new bundles, of which little is known yet.
 *
 * @param newBundleImpressions decayed impressions below which a bundle is new
 * @param intervalMillis time for which the probabilities of new bundles are frozen
 * @param priorImpressions strength, in impressions, of the rate over all bundles as a prior
 */
public record ExplorationSettings(double newBundleImpressions, long intervalMillis, double priorImpressions) {
    public static final Setting<Double> NEW_BUNDLE_IMPRESSIONS = Setting.ofDouble(
                    "kombo.exploration.new.bundle.impressions", 200, between(1.0, 1e6))
            .medium("Decayed impressions below which a bundle is new; an arm with an exploration rate draws from"
                    + " the new bundles.");
    public static final Setting<Long> INTERVAL = Setting.ofLong(
                    "kombo.exploration.interval.ms", HOUR, between(MINUTE, 7 * DAY))
            .low("Interval at which the probabilities of drawing new bundles are recomputed, in" + " milliseconds.");

    /** Reads the settings. */
    public static ExplorationSettings of(SettingValues values) {
        return new ExplorationSettings(
                values.get(NEW_BUNDLE_IMPRESSIONS),
                values.get(INTERVAL),
                values.get(EngagementSettings.PRIOR_STRENGTH));
    }
}
