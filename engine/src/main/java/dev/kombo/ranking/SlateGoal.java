package dev.kombo.ranking;

import dev.kombo.settings.Range;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * The goal of a slate: how bundles are valued, and how much diversity there is.
 *
 * @param kind how bundles are valued
 * @param conversionModel the conversion model; null where {@code kind} does not use it
 * @param mmrLambda share of value against diversity, 0.01 to 1; {@link Double#NaN}: the default from the settings, or 1
 *     where bundles are valued
 * @param stockPressure added to the value for stock that sells slowly, as a part of the price, 0 to 1
 * @param discounts discounts off the list price to choose from, in hundredths of a percent, 0 to 9000; empty: the
 *     catalogue's price; not copied, never written
 * @param discountCurated whether the discounts are for curated bundles, too
 * @param limits what discounts may cost
 */
public record SlateGoal(
        Criterion kind,
        @Nullable ConversionModel conversionModel,
        double mmrLambda,
        double stockPressure,
        int[] discounts,
        boolean discountCurated,
        DiscountLimits limits) {
    /** Least share of relevance against diversity. */
    private static final double LEAST_MMR_LAMBDA = 0.01;

    private static final int[] NO_DISCOUNTS = {};

    /** How bundles are valued. */
    public enum Criterion {
        /** By the ranker's score: how likely the shopper wants the items. */
        RELEVANCE,
        /** By long-term popularity. */
        POPULARITY,
        /** By the probability that the bundle is bought through the offer and would not have been bought anyway. */
        CONVERSION,
        /** By expected revenue, less what would have been paid anyway. */
        REVENUE,
        /** By expected revenue less cost, less what would have been earned anyway. */
        MARGIN;

        /** Whether bundles are ranked by relevance alone, for which the winner of the contest is chosen. */
        public boolean byRelevance() {
            return this == RELEVANCE;
        }

        /** Whether it uses the conversion model. */
        public boolean valued() {
            return this != RELEVANCE && this != POPULARITY;
        }
    }

    /** Validates the parameters. */
    public SlateGoal {
        Range.require("stockPressure", stockPressure, 0, 1);
        if (!Double.isNaN(mmrLambda)) {
            Range.require("mmrLambda", mmrLambda, LEAST_MMR_LAMBDA, 1);
        }
        if (kind.valued() && conversionModel == null) {
            throw new IllegalArgumentException(kind + " needs a conversion model");
        }
    }

    /** The goal of the most relevant bundles. */
    public static SlateGoal relevance() {
        return new SlateGoal(Criterion.RELEVANCE, null, Double.NaN, 0, NO_DISCOUNTS, true, DiscountLimits.NONE);
    }

    /** The goal of popularity. */
    public static SlateGoal popularity() {
        return new SlateGoal(Criterion.POPULARITY, null, Double.NaN, 0, NO_DISCOUNTS, true, DiscountLimits.NONE);
    }

    /** The same goal at the catalogue's prices. */
    public SlateGoal withoutDiscounts() {
        return new SlateGoal(kind, conversionModel, mmrLambda, stockPressure, NO_DISCOUNTS, true, limits);
    }

    /** The same goal with other limits of discounts. */
    public SlateGoal within(DiscountLimits newLimits) {
        return new SlateGoal(kind, conversionModel, mmrLambda, stockPressure, discounts, discountCurated, newLimits);
    }

    /**
     * Share of value against diversity. Where bundles are valued in money, diversity costs money, so it applies only
     * where the strategy asks for it.
     *
     * @param usual the default from the settings
     */
    public double mmrLambda(double usual) {
        if (!Double.isNaN(mmrLambda)) {
            return mmrLambda;
        }
        return kind.valued() ? 1 : usual;
    }

    /**
     * Whether a bundle's price is one of the discounts off its list price, instead of the catalogue's.
     *
     * @param curated whether a person set its price
     */
    public boolean choosesPrice(boolean curated) {
        return discounts.length > 0 && (!curated || discountCurated);
    }

    /**
     * Probability that a bundle is bought through its offer, 0 to 1, where bundles are valued.
     *
     * @param features of the conversion model
     */
    public double probability(float[] features) {
        return Objects.requireNonNull(conversionModel).probability(features);
    }

    /** The log odds of that {@link #probability}. */
    public double logOdds(float[] features) {
        return Objects.requireNonNull(conversionModel).logOdds(features);
    }

    /** Weights for retrieval and for reasons: the ranker's, or those of popularity. Not to be written. */
    public float[] weights(Ranker ranker) {
        return kind == Criterion.POPULARITY ? Signal.popularityWeights() : ranker.weights();
    }
}
