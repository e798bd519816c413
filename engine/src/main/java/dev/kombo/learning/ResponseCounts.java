package dev.kombo.learning;

import dev.kombo.catalog.ResponseSettings;
import dev.kombo.catalog.Responses;

/**
 * What became of the offers of a bundle: impressions, clicks and conversions, each a sum that halves every half-life,
 * as {@link Popularity} is: decayed to the latest event time seen, a late event with its own decay. So the order of
 * arrival does not matter, but for rounding; and what is taken off at the time it was added leaves nothing behind.
 * Touched only by the stream thread that owns the target's partition.
 */
public final class ResponseCounts {
    private final long halfLifeMillis;
    private Responses counts;

    /** Nothing counted yet. */
    public ResponseCounts(ResponseSettings settings) {
        this(settings, Responses.NONE);
    }

    /** State from its stored counts. */
    public ResponseCounts(ResponseSettings settings, Responses counts) {
        this.halfLifeMillis = settings.halfLifeMillis();
        this.counts = counts;
    }

    /**
     * Counts an answer.
     *
     * @param impressions to be added, as the others; below 0 to take off
     * @param eventTime epoch milliseconds, in any order
     */
    public void add(int impressions, int clicks, int conversions, long eventTime) {
        boolean empty = counts.impressions() == 0 && counts.clicks() == 0 && counts.conversions() == 0;
        double elapsed = empty ? 0 : (double) eventTime - counts.time();
        double kept = Decay.factor(elapsed, halfLifeMillis);
        double late = Decay.factor(-elapsed, halfLifeMillis);
        counts = new Responses(
                counts.impressions() * kept + impressions * late,
                counts.clicks() * kept + clicks * late,
                counts.conversions() * kept + conversions * late,
                empty ? eventTime : Math.max(counts.time(), eventTime));
    }

    /** What is counted, at the latest event time. */
    public Responses counts() {
        return counts;
    }
}
