package dev.kombo.lab.simulation;

import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

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
        return new ShopStatistics(5.238, 1.018, 0.450, 2.486, 1.120, 0.400, 0.382, 3.641, 0.567, 0.836);
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

    /** The values by what they say, in the order in which they are declared, for people. */
    public Map<String, String> described() {
        Map<String, String> described = new LinkedHashMap<>();
        described.put("mean of ln price (minor units)", format(priceLogMean));
        described.put("spread of ln price", format(priceLogSpread));
        described.put("exponent of popularity", format(popularitySkew));
        described.put("mean of ln lines of an order", format(linesLogMean));
        described.put("spread of ln lines", format(linesLogSpread));
        described.put("share of lines that repeat", format(repeatShare));
        described.put("strength of co-purchases", format(copurchaseShare));
        described.put("mean of ln (mean days between orders)", format(gapLogMean));
        described.put("its spread between shoppers", format(gapLogSpreadBetween));
        described.put("spread of ln days of one shopper", format(gapLogSpreadWithin));
        return described;
    }

    private static String format(double value) {
        return String.format(Locale.ROOT, "%.3f", value);
    }
}
