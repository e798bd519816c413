package dev.kombo.lab.simulation;

import dev.kombo.lab.data.DataSetException;
import dev.kombo.lab.quality.data.Basket;
import dev.kombo.lab.quality.data.BasketLine;
import dev.kombo.lab.quality.data.Baskets;
import dev.kombo.lab.quality.data.OnlineRetailData;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;

/** Fits the statistics of a simulated shop to the orders of a real one. */
public final class StatisticsFit {
    /** Gaps that a shopper must have shown for a mean of them to count. */
    private static final int LEAST_GAPS = 3;
    /** Orders that an item must be in for its closest partner to count. */
    private static final int LEAST_ORDERS = 20;

    private final Baskets baskets;

    private StatisticsFit(Baskets baskets) {
        this.baskets = baskets;
    }

    /**
     * Fits to orders of known customers.
     *
     * @throws DataSetException when they tell too little
     */
    public static ShopStatistics of(Baskets baskets) {
        return new StatisticsFit(baskets).fit();
    }

    private ShopStatistics fit() {
        Sample prices = prices();
        Sample lines = new Sample();
        baskets.baskets().forEach(basket -> lines.add(Math.log(basket.lines().size())));
        Map<Integer, TreeSet<Long>> days = new HashMap<>();
        for (Basket basket : baskets.baskets()) {
            days.computeIfAbsent(basket.user(), unused -> new TreeSet<>())
                    .add(TimeUnit.MILLISECONDS.toDays(basket.time()));
        }
        Sample meanGaps = new Sample();
        Pooled within = new Pooled();
        for (TreeSet<Long> visits : days.values()) {
            if (visits.size() > LEAST_GAPS) {
                meanGaps.add(Math.log((visits.last() - visits.first()) / (visits.size() - 1.0)));
                within.add(logGaps(visits));
            }
        }
        if (meanGaps.count() < 2) {
            throw new DataSetException("fewer than 2 customers came on " + (LEAST_GAPS + 1)
                    + " days or more: too little to fit a shop to");
        }
        return new ShopStatistics(
                prices.mean(),
                prices.spread(),
                popularitySkew(),
                lines.mean(),
                lines.spread(),
                repeatShare(),
                copurchaseShare(),
                meanGaps.mean(),
                meanGaps.spread(),
                within.spread());
    }

    /** One price an item: the geometric mean of what was paid for it. */
    private Sample prices() {
        double[] sums = new double[baskets.items().size()];
        int[] counts = new int[sums.length];
        for (Basket basket : baskets.baskets()) {
            for (BasketLine line : basket.lines()) {
                sums[line.item()] += Math.log((double) line.unitPriceMinor());
                counts[line.item()]++;
            }
        }
        Sample prices = new Sample();
        for (int i = 0; i < sums.length; i++) {
            if (counts[i] > 0) {
                prices.add(sums[i] / counts[i]);
            }
        }
        return prices;
    }

    private static double[] logGaps(SortedSet<Long> visits) {
        double[] gaps = new double[visits.size() - 1];
        Long before = null;
        int gap = 0;
        for (Long day : visits) {
            if (before != null) {
                gaps[gap++] = Math.log((double) (day - before));
            }
            before = day;
        }
        return gaps;
    }

    private int[] orders(List<Basket> counted) {
        int[] orders = new int[baskets.items().size()];
        for (Basket basket : counted) {
            for (BasketLine line : basket.lines()) {
                orders[line.item()]++;
            }
        }
        return orders;
    }

    /**
     * Slope of the logarithm of an item's orders over that of its rank, by least squares, over as many items as the
     * simulated shop sells.
     */
    private double popularitySkew() {
        int[] orders = orders(baskets.baskets());
        Arrays.sort(orders);
        Sample ranks = new Sample();
        Sample counts = new Sample();
        double products = 0;
        for (int rank = 1; rank <= Math.min(SimulatedCatalog.ITEMS, orders.length); rank++) {
            int count = orders[orders.length - rank];
            if (count > 0) {
                ranks.add(Math.log(rank));
                counts.add(Math.log(count));
                products += Math.log(rank) * Math.log(count);
            }
        }
        double covariance = products / ranks.count() - ranks.mean() * counts.mean();
        double variance = ranks.spread() * ranks.spread();
        return variance == 0 ? 0 : Math.max(0, -covariance / variance);
    }

    private double repeatShare() {
        Map<Integer, Set<Integer>> owned = new HashMap<>();
        long repeats = 0;
        long lines = 0;
        for (Basket basket : baskets.baskets()) {
            Set<Integer> before = owned.get(basket.user());
            for (BasketLine line : basket.lines()) {
                lines += before == null ? 0 : 1;
                repeats += before != null && before.contains(line.item()) ? 1 : 0;
            }
            Set<Integer> after = owned.computeIfAbsent(basket.user(), unused -> new HashSet<>());
            basket.lines().forEach(line -> after.add(line.item()));
        }
        return lines == 0 ? 0 : Math.min(0.99, repeats / (double) lines);
    }

    /**
     * Of each item the partner whose share in its orders exceeds the share in all orders most, as a part of what is left
     * to exceed; mean over the items, weighted by their orders. Orders of wholesalers are left out.
     */
    private double copurchaseShare() {
        List<Basket> counted =
                baskets.withoutLargerThan(OnlineRetailData.MOST_HOUSEHOLD_LINES).baskets();
        int[] orders = orders(counted);
        Map<Long, Integer> together = new HashMap<>();
        for (Basket basket : counted) {
            for (BasketLine line : basket.lines()) {
                for (BasketLine other : basket.lines()) {
                    if (line.item() != other.item() && orders[line.item()] >= LEAST_ORDERS) {
                        together.merge((long) line.item() << Integer.SIZE | other.item(), 1, Integer::sum);
                    }
                }
            }
        }
        Map<Integer, Double> closest = new HashMap<>();
        together.forEach((pair, count) -> {
            int item = (int) (pair >> Integer.SIZE);
            double byChance = orders[pair.intValue()] / (double) counted.size();
            double excess = byChance == 1 ? 0 : (count / (double) orders[item] - byChance) / (1 - byChance);
            closest.merge(item, excess, Math::max);
        });
        double sum = 0;
        double weights = 0;
        for (Map.Entry<Integer, Double> item : closest.entrySet()) {
            sum += orders[item.getKey()] * Math.max(0, item.getValue());
            weights += orders[item.getKey()];
        }
        return weights == 0 ? 0 : Math.min(0.99, sum / weights);
    }

    /** Mean and standard deviation of values as they come. */
    private static final class Sample {
        private long count;
        private double sum;
        private double squares;

        void add(double value) {
            count++;
            sum += value;
            squares += value * value;
        }

        long count() {
            return count;
        }

        double mean() {
            return sum / count;
        }

        double spread() {
            return Math.sqrt(Math.max(0, squares / count - mean() * mean()));
        }
    }

    /** Standard deviation within groups. */
    private static final class Pooled {
        private double squares;
        private long freedom;

        void add(double[] group) {
            double mean = Arrays.stream(group).average().orElseThrow();
            for (double value : group) {
                squares += (value - mean) * (value - mean);
            }
            freedom += group.length - 1L;
        }

        double spread() {
            return Math.sqrt(squares / freedom);
        }
    }
}
