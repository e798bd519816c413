package dev.kombo.entity;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.MINUTE;
import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Half-lives of popularity. */
public record PopularitySettings(long shortHalfLifeMillis, long longHalfLifeMillis) {
    public static final Setting<Long> LONG_HALF_LIFE = Setting.ofLong(
                    "kombo.popularity.long.half.life.ms", 14 * DAY, between(MINUTE, DECADE))
            .medium("Half-life of long-term popularity, in milliseconds.");
    public static final Setting<Long> SHORT_HALF_LIFE = Setting.ofLong(
                    "kombo.popularity.short.half.life.ms", 3 * DAY, between(MINUTE, DECADE))
            .atMost(LONG_HALF_LIFE)
            .medium("Half-life of short-term popularity, in milliseconds.");

    /** Reads the settings. */
    public static PopularitySettings of(SettingValues values) {
        return new PopularitySettings(values.get(SHORT_HALF_LIFE), values.get(LONG_HALF_LIFE));
    }
}
