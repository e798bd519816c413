package dev.kombo.catalog.index;

import dev.kombo.entity.EngagementCounts;
import dev.kombo.entity.EntityModel;
import org.jspecify.annotations.Nullable;

/**
 * Holds how often a bundle was seen, clicked and bought through offers, in a form that stays the same while these
 * counts decay: each is the key of {@link LogPopularity}, a natural logarithm carried forward to the epoch. Differences
 * of two keys are logarithms of ratios at any common time; negative infinity stands for a count of 0.
 *
 * @param impressions key of the impressions
 * @param clicks key of the clicks
 * @param conversions key of the conversions
 * @param expectedClicks key of the clicks that the conversion model expected
 */
public record EngagementKeys(double impressions, double clicks, double conversions, double expectedClicks) {
    /**
     * Impressions of a bundle at which its own click and conversion rates weigh as much as those of all bundles: with
     * fewer, rates of a few percent say little.
     */
    public static final double PRIOR_IMPRESSIONS = 30;

    /** Never offered. */
    public static final EngagementKeys NONE = new EngagementKeys(
            Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

    /** Keys of a published model; {@link #NONE} where there is no model, or no impression. */
    static EngagementKeys of(@Nullable EntityModel model) {
        return model == null || !(model.engagement().impressions() > 0) ? NONE : of(model.engagement());
    }

    private static EngagementKeys of(EngagementCounts engagement) {
        return new EngagementKeys(
                key(engagement.impressions(), engagement),
                key(engagement.clicks(), engagement),
                key(engagement.conversions(), engagement),
                key(engagement.expectedClicks(), engagement));
    }

    private static double key(double count, EngagementCounts engagement) {
        return LogPopularity.key(count, engagement.time(), EngagementCounts.HALF_LIFE_MILLIS);
    }

    /**
     * The click and conversion rates over all bundles: the prior mean towards which each bundle's own rates are shrunk.
     * The sums are updated as models arrive, by subtracting the old counts and adding the new ones. They are integers
     * in units of 2^-20, so they stay exact and do not depend on the order of arrival. Each bundle counts as it was
     * last published: when it is no longer shown, its counts fade in its own rate but not in the mean.
     *
     * <p>Written by the index's writer; any thread reads, and sees both rates of the same moment.
     */
    static final class Totals {
        private static final double UNITS = 1_048_576;

        private static final double LOG_PRIOR_IMPRESSIONS = Math.log(PRIOR_IMPRESSIONS);

        /** Logarithm of the expected clicks at which a bundle's own count for half. */
        private static final double LOG_EXPECTED = Math.log(16);

        private long impressions;
        private long clicks;
        private long conversions;
        private volatile LogRates rates = new LogRates(Double.NEGATIVE_INFINITY, Double.NEGATIVE_INFINITY);

        /** Replaces a bundle's model by another; either may be null. */
        void replace(@Nullable EntityModel before, @Nullable EntityModel after) {
            EngagementCounts old = before == null ? EngagementCounts.NONE : before.engagement();
            EngagementCounts current = after == null ? EngagementCounts.NONE : after.engagement();
            if (old.equals(current)) {
                return;
            }
            impressions += units(current.impressions()) - units(old.impressions());
            clicks += units(current.clicks()) - units(old.clicks());
            conversions += units(current.conversions()) - units(old.conversions());
            rates = new LogRates(logRate(clicks), logRate(conversions));
        }

        /**
         * The prior at a time, as keys: {@link EngagementKeys#PRIOR_IMPRESSIONS}, with the clicks and conversions that
         * the rates over all bundles give them, and 16 expected clicks. Negative infinity where a rate is 0 or not
         * known.
         */
        EngagementKeys prior(long time) {
            LogRates current = rates;
            double decay = LogPopularity.decay(time, EngagementCounts.HALF_LIFE_MILLIS);
            double shown = LOG_PRIOR_IMPRESSIONS + decay;
            return new EngagementKeys(
                    shown, shown + current.clicks(), shown + current.conversions(), LOG_EXPECTED + decay);
        }

        private double logRate(long count) {
            return impressions > 0 && count > 0 ? Math.log((double) count / impressions) : Double.NEGATIVE_INFINITY;
        }

        /** Below 0 only where a conversion was subtracted that was never counted. */
        private static long units(double count) {
            return count > 0 ? Math.round(count * UNITS) : 0;
        }
    }

    private record LogRates(double clicks, double conversions) {}
}
