package dev.kombo.learning;

import dev.kombo.catalog.Decay;
import dev.kombo.catalog.EngagementCounts;
import dev.kombo.catalog.EngagementSettings;

/**
 * Counts the impressions, clicks, expected clicks and conversions of a bundle's offers. Like {@link Popularity}, each
 * count halves every half-life: it is decayed to the latest event time so far, and a late event is added with its own
 * decay. So the order of arrival does not matter, except for rounding, and a subtraction at the time of the addition
 * cancels it completely. Not thread-safe; used only by the stream thread that owns the entity's partition.
 */
public final class DecayedEngagement {
    private final long halfLifeMillis;
    private EngagementCounts counts;

    /** Creates counts of 0. */
    public DecayedEngagement(EngagementSettings settings) {
        this(settings, EngagementCounts.NONE);
    }

    /** Restores stored counts. */
    public DecayedEngagement(EngagementSettings settings, EngagementCounts counts) {
        this.halfLifeMillis = settings.halfLifeMillis();
        this.counts = counts;
    }

    /**
     * Adds engagement.
     *
     * @param impressions number to add, like the others; below 0 to subtract
     * @param eventTime epoch milliseconds, in any order
     */
    public void add(int impressions, int clicks, int conversions, double expectedClicks, long eventTime) {
        boolean empty = counts.impressions() == 0 && counts.clicks() == 0 && counts.conversions() == 0;
        double elapsed = empty ? 0 : (double) eventTime - counts.time();
        double kept = Decay.factor(elapsed, halfLifeMillis);
        double late = Decay.factor(-elapsed, halfLifeMillis);
        counts = new EngagementCounts(
                counts.impressions() * kept + impressions * late,
                // A click is taken back at the time of its conversion, when less is left of it.
                Math.max(0, counts.clicks() * kept + clicks * late),
                counts.conversions() * kept + conversions * late,
                counts.expectedClicks() * kept + expectedClicks * late,
                empty ? eventTime : Math.max(counts.time(), eventTime));
    }

    /** The counts at the latest event time. */
    public EngagementCounts counts() {
        return counts;
    }
}
