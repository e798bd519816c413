package dev.kombo.math;

/** Exponential decay by half-life. */
public final class Decay {
    private Decay() {}

    /**
     * The decay factor 2^(-elapsed / halfLife), in (0, 1]. A negative elapsed time counts as 0: the past is not
     * extrapolated.
     *
     * @param elapsedMillis milliseconds; a double, because the difference of two times may exceed long
     * @param halfLifeMillis milliseconds, above 0
     */
    public static double factor(double elapsedMillis, long halfLifeMillis) {
        return elapsedMillis <= 0 ? 1 : Math.exp(-Math.log(2) * elapsedMillis / halfLifeMillis);
    }
}
