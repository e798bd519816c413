package dev.kombo.shop.simulation;

/**
 * Prices, order sizes and gaps between orders of the simulated shop, measured on a real one: Online Retail (Chen, Sain,
 * Guo 2012) before October 2011. Logarithms are natural; a spread is a standard deviation.
 */
final class ShopStatistics {
    /** Of an item's price in minor units. */
    static final double PRICE_LOG_MEAN = 5.238;

    static final double PRICE_LOG_SPREAD = 1.018;

    /** Exponent of Zipf's law for the demand of items. */
    static final double POPULARITY_SKEW = 0.450;

    /** Of the number of lines of an order. */
    static final double LINES_LOG_MEAN = 2.486;

    static final double LINES_LOG_SPREAD = 1.120;

    /** Share of the lines of later orders whose item the shopper bought before. */
    static final double REPEAT_SHARE = 0.400;

    /** How much more likely than by chance an item's closest complement is in the same order. */
    static final double COPURCHASE_SHARE = 0.382;

    /** Over shoppers, of their mean days between two orders. */
    static final double GAP_LOG_MEAN = 3.641;

    static final double GAP_LOG_SPREAD_BETWEEN = 0.567;

    /** Of one shopper's days between two orders. */
    static final double GAP_LOG_SPREAD_WITHIN = 0.836;

    private ShopStatistics() {}
}
