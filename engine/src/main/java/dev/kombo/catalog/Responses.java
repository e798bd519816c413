package dev.kombo.catalog;

/**
 * How often offers showed a bundle, and what became of it: counts that halve every half-life, at a reference time. All
 * 0 for a target that was never offered.
 *
 * @param impressions offers seen that held it, decayed
 * @param clicks clicks on it, decayed
 * @param conversions offers of which it was bought whole and not given back whole, decayed
 * @param time what they are decayed to, epoch milliseconds; of no meaning while all are 0
 */
public record Responses(double impressions, double clicks, double conversions, long time) {
    /** Never offered. */
    public static final Responses NONE = new Responses(0, 0, 0, 0);
}
