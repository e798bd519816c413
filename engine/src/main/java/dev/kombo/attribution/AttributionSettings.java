package dev.kombo.attribution;

import static dev.kombo.settings.Millis.DAY;
import static dev.kombo.settings.Millis.DECADE;
import static dev.kombo.settings.Millis.SECOND;
import static dev.kombo.settings.Range.between;

import dev.kombo.settings.Setting;
import dev.kombo.settings.SettingValues;

/**
 * Limits of a shopper's offer ledger.
 *
 * @param windowMillis how long after an offer a purchase is credited to it, in milliseconds
 * @param maxOpenOffers most open offers; the oldest closes early
 * @param maxConversions most conversions kept for later returns; the oldest is forgotten
 * @param maxBoughtLines most lines of units bought and not yet credited; the oldest is forgotten
 * @param maxWaiting most feedback events that wait for their offer, and most whole bundles bought that wait to be
 *     credited; the oldest is given up early
 */
public record AttributionSettings(
        long windowMillis, int maxOpenOffers, int maxConversions, int maxBoughtLines, int maxWaiting) {
    public static final Setting<Long> WINDOW = Setting.ofLong(
                    "kombo.attribution.window.ms", 7 * DAY, between(SECOND, DECADE))
            .high("Time after an offer within which a purchase can be credited to it, in milliseconds.");
    public static final Setting<Integer> OPEN_OFFERS = Setting.ofInt(
                    "kombo.attribution.open.offers", 20, between(1, 1000))
            .medium("Most open offers per shopper; a further offer closes the oldest one.");

    private static final int CONVERSIONS = 20;
    private static final int BOUGHT_LINES = 100;
    private static final int WAITING = 20;

    /** Reads the settings. */
    public static AttributionSettings of(SettingValues values) {
        return new AttributionSettings(values.get(WINDOW), values.get(OPEN_OFFERS), CONVERSIONS, BOUGHT_LINES, WAITING);
    }

    /** When attribution ends for an offer made at {@code time}, or for feedback that waits since then. */
    public long closesAt(long time) {
        return time + windowMillis;
    }
}
