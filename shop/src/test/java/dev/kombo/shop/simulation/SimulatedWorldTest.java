package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.schema.Bundle;
import dev.kombo.schema.Item;
import dev.kombo.shop.simulation.OrganicBehavior.Visit;
import dev.kombo.shop.simulation.SimulatedWorld.OrderSizes;
import dev.kombo.shop.simulation.SimulationSettings.BasketKind;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

/** What is hidden from the service follows the statistics. */
class SimulatedWorldTest {

    private final SimulatedWorld world = new SimulatedWorld(Simulated.settings(9, 400, 365, 0.015));

    @Test
    void shouldSellItemsAndBundlesOfThem() {
        SimulatedCatalog catalog = world.catalog();
        Set<List<Integer>> different = new HashSet<>();
        for (int b = 0; b < SimulatedCatalog.BUNDLES; b++) {
            int[] members = catalog.members(b).clone();
            Arrays.sort(members);
            different.add(Arrays.stream(members).boxed().toList());
            Bundle bundle = catalog.bundles().get(b);
            assertThat(members.length).isBetween(2, 4);
            assertThat(Arrays.stream(members).distinct().count()).isEqualTo(members.length);
            assertThat(catalog.bundleIndex(bundle.getBundleId())).isEqualTo(b);
            assertThat(Arrays.stream(members).mapToLong(catalog::price).sum()).isEqualTo(bundle.getListPriceMinor());
            assertThat(bundle.getPriceMinor() / (double) bundle.getListPriceMinor())
                    .isBetween(0.87, 0.93);
            assertThat(bundle.getMarginMinor()).isPositive();
        }
        assertThat(different).hasSize(SimulatedCatalog.BUNDLES);
        assertThat(catalog.items()).extracting(Item::getTitle).doesNotHaveDuplicates();
        assertThat(catalog.items().stream().map(Item::getCategory).distinct()).hasSize(20);
        assertThat(catalog.bundleIndex("mined")).isEqualTo(-1);
        double[] logs = catalog.items().stream()
                .mapToDouble(item -> Math.log(item.getPriceMinor()))
                .toArray();
        assertThat(mean(logs)).isCloseTo(ShopStatistics.PRICE_LOG_MEAN, within(0.2));
        assertThat(spread(logs)).isCloseTo(ShopStatistics.PRICE_LOG_SPREAD, within(0.15));
    }

    @Test
    void shouldGiveTastesThatAddUpAndDrift() {
        SimulatedShopper shopper = SimulatedShopper.all(world.settings()).get(0);
        double[] today = world.preferences().preferences(shopper, 0);
        assertThat(Arrays.stream(today).sum()).isCloseTo(1, within(1e-9));
        double nextDay = distance(today, world.preferences().preferences(shopper, 1));
        double nextYear = distance(today, world.preferences().preferences(shopper, 360));
        assertThat(nextDay).isPositive().isLessThan(nextYear / 5);
        SimulatedShopper other = SimulatedShopper.all(world.settings()).get(1);
        assertThat(nextDay).isLessThan(distance(today, world.preferences().preferences(other, 0)));
    }

    private static double distance(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += Math.abs(a[i] - b[i]);
        }
        return sum;
    }

    @Test
    void shouldLetShoppersComeAsOftenAsTheStatisticsSay() {
        double[] means = SimulatedShopper.all(Simulated.settings(1, 500, 3_000, 0.015)).stream()
                .filter(shopper -> shopper.visitDays().length > 10)
                .mapToDouble(SimulatedWorldTest::meanGap)
                .map(Math::log)
                .toArray();
        assertThat(means).hasSizeGreaterThan(480);
        assertThat(mean(means)).isCloseTo(ShopStatistics.GAP_LOG_MEAN, within(0.1));
        assertThat(spread(means)).isCloseTo(ShopStatistics.GAP_LOG_SPREAD_BETWEEN, within(0.1));
    }

    private static double meanGap(SimulatedShopper shopper) {
        int[] days = shopper.visitDays();
        assertThat(days).isSorted().doesNotHaveDuplicates();
        return (days[days.length - 1] - days[0]) / (days.length - 1.0);
    }

    @Test
    void shouldDrawOrdersOfTheKindOfBasket() {
        OrderSizes small = new OrderSizes(BasketKind.SMALL.mostLines());
        OrderSizes large = new OrderSizes(BasketKind.LARGE.mostLines());
        int draws = 40_000;
        double smallSum = 0;
        double largeSum = 0;
        double beyondTwo = 0;
        double two = 0;
        for (int d = 0; d < draws; d++) {
            int lines = small.draw(new HashedDraws(1, d));
            assertThat(lines).isBetween(1, 3);
            smallSum += lines;
            two += lines >= 2 ? 1 : 0;
            beyondTwo += Math.max(0, lines - 2);
            largeSum += large.draw(new HashedDraws(2, d));
        }
        assertThat(small.expectedBeyond(0)).isCloseTo(smallSum / draws, within(0.02));
        assertThat(small.expectedBeyond(2)).isCloseTo(beyondTwo / two, within(0.02));
        assertThat(small.expectedBeyond(3)).isZero();
        assertThat(large.expectedBeyond(0))
                .isCloseTo(largeSum / draws, within(0.1))
                .isBetween(9.0, 11.0);
    }

    @Test
    void shouldChooseRepeatsAndPartnersAsOftenAsTheStatisticsSay() {
        double[] even = new double[SimulatedCatalog.ITEMS];
        Arrays.fill(even, 1.0 / even.length);
        List<Integer> history = new ArrayList<>();
        history.add(7);
        history.add(7);
        history.add(8);
        List<Integer> basket = new ArrayList<>();
        basket.add(8);
        double[] next = world.choice().probabilities(even, history, basket);

        assertThat(Arrays.stream(next).sum()).isCloseTo(1, within(1e-9));
        assertThat(next[8]).isZero();
        assertThat(next[7]).isGreaterThanOrEqualTo(ShopStatistics.REPEAT_SHARE);
        double following = 0;
        for (int item = 0; item < next.length; item++) {
            following += item != 7 && next[item] > 2.0 / even.length ? next[item] : 0;
        }
        assertThat(following)
                .isCloseTo((1 - ShopStatistics.REPEAT_SHARE) * ShopStatistics.COPURCHASE_SHARE, within(0.01));
        assertThat(distance(world.choice().probabilities(even, new ArrayList<>(), new ArrayList<>()), even))
                .isLessThan(1e-9);
    }

    /**
     * Of the lines of later orders, about as many are repeats as the statistics say: some by preference come on top.
     */
    @Test
    void shouldRepeatWhatWasBought() {
        double repeats = 0;
        double lines = 0;
        for (SimulatedShopper shopper : SimulatedShopper.all(world.settings())) {
            for (Visit visit : new OrganicBehavior(world, shopper).visits()) {
                if (visit.history().size() > 0) {
                    lines += visit.lines().length;
                    repeats += Arrays.stream(visit.lines())
                            .filter(visit.history()::contains)
                            .count();
                }
            }
        }
        assertThat(repeats / lines).isBetween(ShopStatistics.REPEAT_SHARE - 0.05, ShopStatistics.REPEAT_SHARE + 0.1);
    }

    private static double mean(double[] values) {
        return Arrays.stream(values).average().orElseThrow();
    }

    private static double spread(double[] values) {
        double mean = mean(values);
        return Math.sqrt(Arrays.stream(values)
                .map(v -> (v - mean) * (v - mean))
                .average()
                .orElseThrow());
    }
}
