package dev.kombo.ranking;

import dev.kombo.settings.Range;

/**
 * What a slate is chosen for, and how.
 *
 * @param kind what bundles are valued by
 * @param acceptance whether a bundle is taken; null where {@code kind} does not ask for it
 * @param temperature 0: the best bundles; above 0: sampled, the more evenly the higher. Its unit is that of the values: a
 *     logit, or the logarithm of money
 * @param explorationRate probability that the last rank is given to a bundle of which little is known, where one is among
 *     the best candidates, 0 to 1
 * @param mmrLambda share of value against diversity, 0.01 to 1; {@link Double#NaN}: as
 *     the settings say, or 1 where bundles are valued
 * @param stockPressure added to the value for stock that sells slowly, as a part of the price, 0 to 1
 * @param discounts discounts off the list price to choose from, in hundredths of a percent, 0 to 9000; empty: the
 *     catalogue's price; not copied, never written
 */
public record SlateGoal(
        Kind kind,
        Acceptance acceptance,
        double temperature,
        double explorationRate,
        double mmrLambda,
        double stockPressure,
        int[] discounts) {
    private static final int[] NO_DISCOUNTS = {};

    /** What bundles are valued by. */
    public enum Kind {
        /** How likely the shopper wants the items. */
        RELEVANCE,
        /** Long-term popularity. */
        POPULARITY,
        /** Probability that it is taken and would not have been bought anyway. */
        CONVERSION,
        /** Expected revenue, less what would have been paid anyway. */
        REVENUE,
        /** Expected revenue less cost, less what would have been earned anyway. */
        MARGIN;

        /** Whether it is worked out from the probability that the bundle is taken. */
        public boolean valued() {
            return this != RELEVANCE && this != POPULARITY;
        }
    }

    /** Refuses what cannot be worked out. */
    public SlateGoal {
        Range.require("temperature", temperature, 0, 1e6);
        Range.require("explorationRate", explorationRate, 0, 1);
        Range.require("stockPressure", stockPressure, 0, 1);
        if (!Double.isNaN(mmrLambda)) {
            Range.require("mmrLambda", mmrLambda, 0.01, 1);
        }
        if (kind.valued() && acceptance == null) {
            throw new IllegalArgumentException(kind + " needs a model of acceptance");
        }
    }

    /** The best by relevance. */
    public static SlateGoal relevance() {
        return relevance(0);
    }

    /** By relevance, sampled at a temperature. */
    public static SlateGoal relevance(double temperature) {
        return new SlateGoal(Kind.RELEVANCE, null, temperature, 0, Double.NaN, 0, NO_DISCOUNTS);
    }

    /** By popularity, sampled at a temperature. */
    public static SlateGoal popularity(double temperature) {
        return new SlateGoal(Kind.POPULARITY, null, temperature, 0, Double.NaN, 0, NO_DISCOUNTS);
    }

    /** The same, but nothing is drawn. */
    public SlateGoal withoutExploration() {
        return new SlateGoal(kind, acceptance, 0, 0, mmrLambda, stockPressure, discounts);
    }

    /**
     * Share of value against diversity. Where bundles are valued, what diversity costs is money: it is had where it is
     * asked for.
     *
     * @param usual what the settings say
     */
    public double mmrLambda(double usual) {
        if (!Double.isNaN(mmrLambda)) {
            return mmrLambda;
        }
        return kind.valued() ? 1 : usual;
    }

    /** Weights that retrieve candidates and explain them: the ranker's, or those of popularity. Not to be written. */
    public float[] weights(Ranker ranker) {
        return kind == Kind.POPULARITY ? Signal.popularityWeights() : ranker.weights();
    }
}
