package dev.kombo.lab.simulation;

/**
 * What a simulated shop has in common with a real one.
 *
 * @param priceLogMean mean of the natural logarithm of an item's price in minor units
 * @param priceLogSpread its standard deviation, at least 0
 * @param popularitySkew exponent of Zipf's law that the demand of items follows, at least 0
 * @param linesLogMean mean of the natural logarithm of the lines of an order
 * @param linesLogSpread its standard deviation, at least 0
 * @param repeatShare share of the lines of later orders whose item the shopper bought before, 0 to below 1
 * @param copurchaseShare how much likelier than by chance the closest partner of an item is in the same order, 0 to below 1
 * @param gapLogMean mean over shoppers of the natural logarithm of their mean days between two orders
 * @param gapLogSpreadBetween its standard deviation, at least 0
 * @param gapLogSpreadWithin standard deviation of the logarithm of one shopper's gaps, at least 0
 */
public record ShopStatistics(
        double priceLogMean,
        double priceLogSpread,
        double popularitySkew,
        double linesLogMean,
        double linesLogSpread,
        double repeatShare,
        double copurchaseShare,
        double gapLogMean,
        double gapLogSpreadBetween,
        double gapLogSpreadWithin) {

    /**
     * Those of Online Retail (Chen, Sain, Guo 2012) before October 2011, as {@code ./kombo simulate --fit
     * online_retail_to_2011-09-30.csv.gz} prints them.
     */
    public static ShopStatistics builtIn() {
        return new ShopStatistics(5.24, 1.04, 0.45, 2.49, 1.12, 0.40, 0.38, 3.64, 0.57, 1.03);
    }

    /** Refuses values that no shop can have. */
    public ShopStatistics {
        require(Double.isFinite(priceLogMean) && priceLogSpread >= 0, "prices");
        require(popularitySkew >= 0, "popularity");
        require(Double.isFinite(linesLogMean) && linesLogSpread >= 0, "lines of an order");
        require(repeatShare >= 0 && repeatShare < 1, "repeats");
        require(copurchaseShare >= 0 && copurchaseShare < 1, "co-purchases");
        require(
                Double.isFinite(gapLogMean) && gapLogSpreadBetween >= 0 && gapLogSpreadWithin >= 0,
                "days between orders");
    }

    private static void require(boolean possible, String what) {
        if (!possible) {
            throw new IllegalArgumentException("the statistics of " + what + " are those of no shop");
        }
    }
}
