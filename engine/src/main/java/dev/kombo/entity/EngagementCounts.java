package dev.kombo.entity;

import dev.kombo.codec.Fields;
import dev.kombo.math.Decay;
import dev.kombo.settings.Millis;

/**
 * Engagement counts of an offered bundle, as of a reference time, the latest event time so far; they halve every
 * half-life. All 0 for an entity that was never offered. A late event is added with its own decay, so the order of
 * arrival does not matter, except for rounding, and a subtraction at the time of the addition cancels it completely.
 *
 * @param impressions offers seen that held it, decayed
 * @param clicks clicks on it, decayed
 * @param conversions offers of which it was bought whole and not returned whole, decayed
 * @param expectedClicks clicks that the conversion model expected, decayed
 * @param time reference time, epoch milliseconds; meaningless while all are 0
 */
public record EngagementCounts(
        double impressions, double clicks, double conversions, double expectedClicks, long time) {
    /**
     * Time after which engagement counts half, in milliseconds: four months, so that bundles with few impressions keep
     * rates of their own, and those of the last season fade.
     */
    public static final long HALF_LIFE_MILLIS = 120 * Millis.DAY;

    /** Never offered. */
    public static final EngagementCounts NONE = new EngagementCounts(0, 0, 0, 0, 0);

    /** The fields, as they are stored. */
    public EngagementCounts fields(Fields f) {
        return new EngagementCounts(
                f.real(impressions), f.real(clicks), f.real(conversions), f.real(expectedClicks), f.number(time));
    }

    /**
     * These counts and further engagement.
     *
     * @param moreImpressions number to add, like the others; below 0 to subtract
     * @param eventTime epoch milliseconds, in any order
     */
    public EngagementCounts plus(
            int moreImpressions,
            int moreClicks,
            int moreConversions,
            double moreExpectedClicks,
            long eventTime,
            long halfLifeMillis) {
        boolean empty = impressions == 0 && clicks == 0 && conversions == 0;
        double elapsed = empty ? 0 : (double) eventTime - time;
        double kept = Decay.factor(elapsed, halfLifeMillis);
        double late = Decay.factor(-elapsed, halfLifeMillis);
        return new EngagementCounts(
                impressions * kept + moreImpressions * late,
                // A click is taken back at the time of its conversion, when less is left of it.
                Math.max(0, clicks * kept + moreClicks * late),
                conversions * kept + moreConversions * late,
                expectedClicks * kept + moreExpectedClicks * late,
                empty ? eventTime : Math.max(time, eventTime));
    }
}
