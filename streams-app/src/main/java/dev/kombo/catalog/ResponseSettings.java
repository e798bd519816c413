package dev.kombo.catalog;

/**
 * How answers to offers are counted, and how soon a bundle's own are believed.
 *
 * @param halfLifeMillis time after which an answer counts half, 1 minute to 10 years
 * @param strength impressions of its own at which a bundle's rate is half its own and half that of all bundles, 1 to
 *     1,000,000
 */
public record ResponseSettings(long halfLifeMillis, double strength) {
    private static final long MINUTE = 60_000L;
    private static final long DAY = 86_400_000L;

    /** Refuses values out of range. */
    public ResponseSettings {
        if (halfLifeMillis < MINUTE || halfLifeMillis > 3650 * DAY) {
            throw new IllegalArgumentException(
                    "halfLifeMillis is " + halfLifeMillis + ", expected: " + MINUTE + " to " + 3650 * DAY);
        }
        if (!(strength >= 1 && strength <= 1_000_000)) {
            throw new IllegalArgumentException("strength is " + strength + ", expected: 1 to 1000000");
        }
    }

    /** 30 days, 100 impressions. */
    public static ResponseSettings defaults() {
        return new ResponseSettings(30 * DAY, 100);
    }
}
