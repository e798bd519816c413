package dev.kombo.catalog;

/**
 * Engagement counts of an offered bundle, as of a reference time; they halve every half-life. All 0 for an entity that
 * was never offered.
 *
 * @param impressions offers seen that held it, decayed
 * @param clicks clicks on it, decayed
 * @param conversions offers of which it was bought whole and not returned whole, decayed
 * @param expectedClicks clicks that the conversion model expected, decayed
 * @param time reference time, epoch milliseconds; meaningless while all are 0
 */
public record EngagementCounts(
        double impressions, double clicks, double conversions, double expectedClicks, long time) {
    /** Never offered. */
    public static final EngagementCounts NONE = new EngagementCounts(0, 0, 0, 0, 0);
}
