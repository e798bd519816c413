package dev.kombo.learning.factors;

import static dev.kombo.settings.Range.between;

import dev.kombo.catalog.LevelCounts;
import dev.kombo.catalog.index.IndexSettings;
import dev.kombo.settings.Millis;
import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/** Settings of {@link PartnerTable}. */
public record CooccurrenceSettings(int capacity, long halfLifeMillis, int contextSize) {
    /** Of the levels of customers' attributes: a half-life of a year. */
    public static final CooccurrenceSettings LEVELS =
            new CooccurrenceSettings(LevelCounts.MOST_LEVELS, 365 * Millis.DAY, 0);

    /** How many of a shopper's latest distinct items and bundles each new interaction is paired with. */
    private static final int CONTEXT_SIZE = 50;

    public static final Setting<Integer> CAPACITY = Setting.ofInt("kombo.cooccurrence.capacity", 1000, between(0, 1000))
            .low("Most co-occurring items and bundles counted per item or bundle; 0: none.");

    /** Reads the settings. Without capacity for counts, interactions need no context. */
    public static CooccurrenceSettings of(SettingValues values) {
        int capacity = values.get(CAPACITY);
        return new CooccurrenceSettings(
                capacity, values.get(IndexSettings.MASS_HALF_LIFE), capacity == 0 ? 0 : CONTEXT_SIZE);
    }
}
