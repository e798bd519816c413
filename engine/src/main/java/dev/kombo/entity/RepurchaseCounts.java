package dev.kombo.entity;

import dev.kombo.codec.Fields;
import dev.kombo.math.Decay;
import dev.kombo.settings.Millis;

/**
 * Counts how often the buyers of an item buy it again. Each purchase starts a wait, which the shopper's next purchase
 * of the item ends. A wait weighs 1 at first and half as much every {@link #HALF_LIFE_MILLIS}: so a shopper who does
 * not come for long is no longer expected, and one who came yesterday does not count as lost. The rate is an estimate
 * of the probability that a buyer buys the item again before such a clock rings, whose time is exponential; a constant
 * hazard gives the same rate to a young shop and to an old one.
 *
 * @param purchases waits begun; purchases by the same shopper within a day are one
 * @param again waits that ended with a purchase, each with its weight at that time
 * @param waiting waits that have not ended, with their weights at {@code time}
 * @param time epoch milliseconds; meaningless without purchases
 */
public record RepurchaseCounts(long purchases, double again, double waiting, long time) {
    /** Never bought. */
    public static final RepurchaseCounts NONE = new RepurchaseCounts(0, 0, 0, 0);

    /** Time since the last purchase where there was none. */
    public static final long FIRST = -1;

    /** Half-life of the weight of a wait. */
    public static final long HALF_LIFE_MILLIS = 120 * Millis.DAY;

    /** The fields, as they are stored; weights in single precision, which suffices for rates. */
    public RepurchaseCounts fields(Fields f) {
        return new RepurchaseCounts(
                f.number(purchases), f.real((float) again), f.real((float) waiting), f.number(time));
    }

    /**
     * Adds a purchase.
     *
     * @param since milliseconds since the shopper's last purchase of the item, at least a day, or {@link #FIRST}
     * @param eventTime epoch milliseconds, in any order
     */
    public RepurchaseCounts bought(long since, long eventTime) {
        double ended = since == FIRST ? 0 : weight(since);
        long latest = purchases == 0 ? eventTime : Math.max(time, eventTime);
        return new RepurchaseCounts(
                purchases + 1,
                again + ended,
                waiting * weight(latest - time) + (1 - ended) * weight(latest - eventTime),
                latest);
    }

    /** The weight of the waits of which it is known how they end: what {@link #again} is a part of. */
    public double decided(long now) {
        return Math.max(again, purchases - waiting * weight(now - time));
    }

    private static double weight(long elapsedMillis) {
        return Decay.factor((double) elapsedMillis, HALF_LIFE_MILLIS);
    }
}
