package dev.kombo.ranking.exploration;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.HOUR;
import static dev.kombo.settings.Millis.MINUTE;
import static dev.kombo.settings.Range.between;

import dev.kombo.catalog.ResponseSettings;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * How bundles of which little is known yet are drawn.
 *
 * @param newBundleImpressions decayed impressions below which a bundle is new
 * @param intervalMillis time for which the probabilities of new bundles stay as they are
 * @param priorImpressions impressions that the rate over all bundles is worth beside a bundle's own
 */
public record ExplorationSettings(double newBundleImpressions, long intervalMillis, double priorImpressions) {
    public static final Setting<Double> NEW_BUNDLE_IMPRESSIONS = Setting.ofDouble(
                    "kombo.exploration.new.bundle.impressions", 200, between(1.0, 1e6))
            .medium("Decayed impressions below which a bundle is new; an arm with an exploration rate draws from"
                    + " the new bundles.");
    public static final Setting<Long> INTERVAL = Setting.ofLong(
                    "kombo.exploration.interval.ms", HOUR, between(MINUTE, 7 * DAY))
            .low("Time for which the probabilities of drawing new bundles stay as they are, in milliseconds.");

    /** Settings as given. */
    public static ExplorationSettings of(SettingValues values) {
        return new ExplorationSettings(
                values.get(NEW_BUNDLE_IMPRESSIONS), values.get(INTERVAL), values.get(ResponseSettings.PRIOR_STRENGTH));
    }
}
