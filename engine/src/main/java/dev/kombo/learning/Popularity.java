package dev.kombo.learning;

import dev.kombo.codec.Fields;
import dev.kombo.entity.PopularitySettings;
import dev.kombo.math.Decay;

/**
 * Popularity of an entity at two time scales: sums of event weights that halve every half-life.
 *
 * <p>With reference time T, the latest event time so far, and events (w, t):
 *
 * <pre>
 *   value = sum of w * 2^(-(T - t) / halfLife)
 * </pre>
 *
 * An event after T first decays the value to the event's time, which becomes T. A late event is added with its own
 * decay, and T stays. So the order of arrival does not matter, except for rounding. (Forward decay: Cormode,
 * Shkapenyuk, Srivastava, Xu, ICDE 2009.) Not thread-safe: only the thread of the entity's task uses it.
 */
public final class Popularity {
    private final PopularitySettings settings;
    private double shortTerm;
    private double longTerm;
    private long time;

    /**
     * Restores a popularity from its stored parts.
     *
     * @param shortTerm value with the short half-life at {@code time}
     * @param longTerm value with the long half-life at {@code time}
     * @param time reference time, epoch milliseconds; meaningless while both values are 0
     */
    public Popularity(PopularitySettings settings, double shortTerm, double longTerm, long time) {
        this.settings = settings;
        this.shortTerm = shortTerm;
        this.longTerm = longTerm;
        this.time = time;
    }

    /** The fields, as they are stored; those that are read replace its own. */
    public void fields(Fields f) {
        shortTerm = f.real(shortTerm);
        longTerm = f.real(longTerm);
        time = f.number(time);
    }

    /**
     * Adds an event.
     *
     * @param weight at least 0
     * @param eventTime epoch milliseconds, in any order
     * @return false where the weight is negative or not finite: nothing was added
     */
    public boolean add(double weight, long eventTime) {
        if (!(weight >= 0 && weight < Double.POSITIVE_INFINITY)) {
            return false;
        }
        boolean empty = shortTerm == 0 && longTerm == 0;
        double elapsed = empty ? 0 : (double) eventTime - time;
        double late = -elapsed;
        shortTerm = shortTerm * Decay.factor(elapsed, settings.shortHalfLifeMillis())
                + weight * Decay.factor(late, settings.shortHalfLifeMillis());
        longTerm = longTerm * Decay.factor(elapsed, settings.longHalfLifeMillis())
                + weight * Decay.factor(late, settings.longHalfLifeMillis());
        time = empty ? eventTime : Math.max(time, eventTime);
        return true;
    }

    /** Value with the short half-life, at {@link #time}. */
    public double shortTerm() {
        return shortTerm;
    }

    /** Value with the long half-life, at {@link #time}. */
    public double longTerm() {
        return longTerm;
    }

    /** Reference time, epoch milliseconds: the latest event time. */
    public long time() {
        return time;
    }
}
