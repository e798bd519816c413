package dev.kombo.catalog.index;

import dev.kombo.entity.EntityModel;
import dev.kombo.entity.PopularitySettings;
import org.jspecify.annotations.Nullable;

/**
 * Converts a decayed count to a key that stays the same as time passes, and back. The key is the natural logarithm of
 * the count, carried forward to one fixed moment, the epoch:
 *
 * <pre>
 *   key = ln(value) + ln(2) * time / halfLife
 * </pre>
 *
 * Exponential decay shrinks all values alike, so keys taken at different times compare as the values would at any
 * common time, and nothing has to be updated as time passes. (Forward decay: Cormode, Shkapenyuk, Srivastava, Xu, ICDE
 * 2009.) Nothing overflows, because only logarithms are kept. A popularity of 0 is negative infinity.
 */
final class LogPopularity {
    private static final double LN_2 = Math.log(2);

    private LogPopularity() {}

    /** The key of a value decayed to a time, epoch milliseconds. */
    static double key(double value, long time, long halfLifeMillis) {
        return value > 0 && value < Double.POSITIVE_INFINITY
                ? Math.log(value) + decay(time, halfLifeMillis)
                : Double.NEGATIVE_INFINITY;
    }

    /** The key of an entity's short-term popularity. */
    static double shortTerm(@Nullable EntityModel model, PopularitySettings settings) {
        return model == null
                ? Double.NEGATIVE_INFINITY
                : key(model.popularityShort(), model.popularityTime(), settings.shortHalfLifeMillis());
    }

    /** The key of an entity's long-term popularity. */
    static double longTerm(@Nullable EntityModel model, PopularitySettings settings) {
        return model == null
                ? Double.NEGATIVE_INFINITY
                : key(model.popularityLong(), model.popularityTime(), settings.longHalfLifeMillis());
    }

    /** What to subtract from a key for the logarithm of the popularity at a time. */
    static double decay(long time, long halfLifeMillis) {
        return LN_2 * time / halfLifeMillis;
    }

    /** The key of the sum of two popularities. */
    static double sum(double first, double second) {
        double larger = Math.max(first, second);
        return larger == Double.NEGATIVE_INFINITY
                ? larger
                : larger + Math.log1p(Math.exp(Math.min(first, second) - larger));
    }
}
