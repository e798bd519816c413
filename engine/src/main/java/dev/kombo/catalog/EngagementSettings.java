package dev.kombo.catalog;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.MINUTE;
import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Half-life of a bundle's engagement counts, and strength of the prior they are combined with. */
public record EngagementSettings(long halfLifeMillis, double strength) {
    public static final Setting<Long> HALF_LIFE = Setting.ofLong(
                    "kombo.engagement.half.life.ms", 120 * DAY, between(MINUTE, DECADE))
            .medium("Half-life of a bundle's impressions, clicks and conversions, in milliseconds.");
    public static final Setting<Double> PRIOR_STRENGTH = Setting.ofDouble(
                    "kombo.engagement.prior.strength", 30, between(1.0, 1e6))
            .low("Impressions of a bundle at which its own click and conversion rates weigh as much as"
                    + " those of all bundles.");

    /** Reads the settings. */
    public static EngagementSettings of(SettingValues values) {
        return new EngagementSettings(values.get(HALF_LIFE), values.get(PRIOR_STRENGTH));
    }
}
