package dev.kombo.catalog.index;

import dev.kombo.catalog.Responses;
import dev.kombo.catalog.TargetModel;

/**
 * Natural logarithms of decayed {@link Responses}, each carried forward to the epoch as {@link LogPopularity} does:
 * differences of two keys are logarithms of ratios at any common time. Negative infinity stands for a count of 0.
 *
 * @param impressions key of the impressions
 * @param clicks key of the clicks
 * @param conversions key of the conversions
 */
public record ResponseKeys(double impressions, double clicks, double conversions) {
    /** Never offered. */
    public static final ResponseKeys NONE =
            new ResponseKeys(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** Keys of what is published; {@link #NONE} where there is no model, or no impression. */
    static ResponseKeys of(TargetModel model, long halfLifeMillis) {
        return model == null || !(model.responses().impressions() > 0) ? NONE : of(model.responses(), halfLifeMillis);
    }

    private static ResponseKeys of(Responses responses, long halfLifeMillis) {
        return new ResponseKeys(
                LogPopularity.key(responses.impressions(), responses.time(), halfLifeMillis),
                LogPopularity.key(responses.clicks(), responses.time(), halfLifeMillis),
                LogPopularity.key(responses.conversions(), responses.time(), halfLifeMillis));
    }
}
