package dev.kombo.ranking;

/**
 * How bundles of which little is known yet are drawn.
 *
 * @param newBundleImpressions decayed impressions below which a bundle is new, 1 to 1,000,000
 * @param intervalMillis time for which the probabilities of new bundles stay as they are, 1 minute to 7 days
 * @param priorImpressions impressions that the rate over all bundles is worth beside a bundle's own, 1 to 1,000,000
 */
public record ExplorationSettings(double newBundleImpressions, long intervalMillis, double priorImpressions) {
    private static final long MINUTE = 60_000L;
    private static final long HOUR = 60 * MINUTE;
    private static final double MOST_IMPRESSIONS = 1_000_000;

    /** Refuses values out of range. */
    public ExplorationSettings {
        Ranges.require("newBundleImpressions", newBundleImpressions, 1, MOST_IMPRESSIONS);
        Ranges.require("intervalMillis", intervalMillis, MINUTE, 7 * 24 * HOUR);
        Ranges.require("priorImpressions", priorImpressions, 1, MOST_IMPRESSIONS);
    }

    /** 200 impressions, an hour, 100 impressions. */
    public static ExplorationSettings defaults() {
        return new ExplorationSettings(200, HOUR, 100);
    }
}
