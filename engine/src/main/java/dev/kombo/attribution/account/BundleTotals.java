package dev.kombo.attribution.account;

import dev.kombo.attribution.Amount;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The performance of bundles in an experiment, summed over its arms. Not thread-safe. */
public final class BundleTotals {
    private final Map<String, BundleTotal> totals = new HashMap<>();

    /** The measure by which bundles are ordered. */
    public enum Sorting {
        /**
         * Attributed revenue in the currency in which most bundles sold, since amounts in other currencies are not
         * comparable.
         */
        REVENUE,
        /** Bundles bought whole. */
        CONVERSIONS,
        /** Times offered. */
        OFFERS
    }

    /**
     * Figures of a bundle.
     *
     * @param revenueMinor attributed revenue, less returns, in minor units, by currency
     */
    public record BundleTotal(
            String bundleId, long offers, long clicks, long conversions, Map<String, Long> revenueMinor) {}

    /** Adds a bundle's figures in one arm. */
    public void add(BundleAccount account) {
        Map<String, Long> revenue =
                account.currency() == null ? Map.of() : Map.of(account.currency(), account.revenueMinor());
        add(new BundleTotal(account.bundleId(), account.offers(), account.clicks(), account.conversions(), revenue));
    }

    /** Adds a bundle's figures from elsewhere. */
    public void add(BundleTotal more) {
        totals.merge(more.bundleId(), more, BundleTotals::sum);
    }

    private static BundleTotal sum(BundleTotal one, BundleTotal other) {
        Map<String, Long> revenue = new TreeMap<>(one.revenueMinor());
        other.revenueMinor().forEach((currency, minor) -> revenue.merge(currency, minor, Amount::sum));
        return new BundleTotal(
                one.bundleId(),
                one.offers() + other.offers(),
                one.clicks() + other.clicks(),
                one.conversions() + other.conversions(),
                revenue);
    }

    /** The best bundles, best first; ties by conversions, then offers, then id. */
    public List<BundleTotal> best(Sorting measure, int most) {
        Comparator<BundleTotal> byMeasure = switch (measure) {
            case REVENUE -> byRevenue(mainCurrency());
            case CONVERSIONS -> Comparator.comparingLong(BundleTotal::conversions);
            case OFFERS -> Comparator.comparingLong(BundleTotal::offers);
        };
        List<BundleTotal> sorted = new ArrayList<>(totals.values());
        sorted.sort(byMeasure
                .thenComparingLong(BundleTotal::conversions)
                .thenComparingLong(BundleTotal::offers)
                .reversed()
                .thenComparing(BundleTotal::bundleId));
        return List.copyOf(sorted.subList(0, Math.min(most, sorted.size())));
    }

    private static Comparator<BundleTotal> byRevenue(String currency) {
        return Comparator.comparingLong(total -> total.revenueMinor().getOrDefault(currency, 0L));
    }

    /** The currency in which most bundles sold, ties by name; empty where nothing was sold. */
    private String mainCurrency() {
        Map<String, Long> sold = totals.values().stream()
                .flatMap(total -> total.revenueMinor().keySet().stream())
                .collect(Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
        String main = "";
        for (Map.Entry<String, Long> currency : sold.entrySet()) {
            main = currency.getValue() > sold.getOrDefault(main, 0L) ? currency.getKey() : main;
        }
        return main;
    }
}
