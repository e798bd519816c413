package dev.kombo.catalog.index;

import dev.kombo.catalog.EntityModel;
import dev.kombo.catalog.Responses;

/**
 * Engagement counts as keys: natural logarithms of decayed {@link Responses}, carried forward to the epoch like {@link
 * LogPopularity}. Differences of two keys are logarithms of ratios at any common time; negative infinity stands for a
 * count of 0.
 *
 * @param impressions key of the impressions
 * @param clicks key of the clicks
 * @param conversions key of the conversions
 */
public record ResponseKeys(double impressions, double clicks, double conversions) {
    /** Never offered. */
    public static final ResponseKeys NONE =
            new ResponseKeys(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** Keys of a published model; {@link #NONE} where there is no model, or no impression. */
    static ResponseKeys of(EntityModel model, long halfLifeMillis) {
        return model == null || !(model.responses().impressions() > 0) ? NONE : of(model.responses(), halfLifeMillis);
    }

    private static ResponseKeys of(Responses responses, long halfLifeMillis) {
        return new ResponseKeys(
                LogPopularity.key(responses.impressions(), responses.time(), halfLifeMillis),
                LogPopularity.key(responses.clicks(), responses.time(), halfLifeMillis),
                LogPopularity.key(responses.conversions(), responses.time(), halfLifeMillis));
    }
}
