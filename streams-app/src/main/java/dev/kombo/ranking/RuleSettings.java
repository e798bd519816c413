package dev.kombo.ranking;

import java.util.Map;

/**
 * Settings of the rules that keep a bundle from being offered.
 *
 * @param minPriceMinor lowest price of a bundle in minor units of the shop's currency, at least 0
 * @param maxPriceMinor highest price of a bundle in minor units, at least {@code minPriceMinor}
 * @param usualPriceMultiple most that one unit may cost, as a multiple of what the shopper usually pays for a unit; 0:
 *     no such limit, otherwise 1 to 1000
 * @param frequencyCap most offers of one bundle to one shopper within the window, 1 to 1000
 * @param frequencyWindowMillis that window, at least 1
 * @param coolDownMillis how long what was bought is not offered again, at least 0
 * @param categoryCoolDownMillis the same by category, where it differs
 */
public record RuleSettings(
        long minPriceMinor,
        long maxPriceMinor,
        double usualPriceMultiple,
        int frequencyCap,
        long frequencyWindowMillis,
        long coolDownMillis,
        Map<String, Long> categoryCoolDownMillis) {
    private static final long DAY = 86_400_000L;

    /** Refuses values out of range. */
    public RuleSettings {
        Ranges.require("minPriceMinor", minPriceMinor, 0, Long.MAX_VALUE);
        Ranges.require("maxPriceMinor", maxPriceMinor, minPriceMinor, Long.MAX_VALUE);
        if (usualPriceMultiple != 0) {
            Ranges.require("usualPriceMultiple", usualPriceMultiple, 1, 1000);
        }
        Ranges.require("frequencyCap", frequencyCap, 1, 1000);
        Ranges.require("frequencyWindowMillis", frequencyWindowMillis, 1, Long.MAX_VALUE);
        Ranges.require("coolDownMillis", coolDownMillis, 0, Long.MAX_VALUE);
        categoryCoolDownMillis = Map.copyOf(categoryCoolDownMillis);
        categoryCoolDownMillis.forEach((category, millis) ->
                Ranges.require("categoryCoolDownMillis of " + category, millis, 0, Long.MAX_VALUE));
    }

    /** Any price, at most 3 offers of a bundle in 7 days, a cool-down of 30 days. */
    public static RuleSettings defaults() {
        return new RuleSettings(0, Long.MAX_VALUE, 0, 3, 7 * DAY, 30 * DAY, Map.of());
    }
}
