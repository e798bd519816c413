package dev.kombo.shop.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.console.MarkdownTable;
import dev.kombo.engine.EngineSettings;
import dev.kombo.experiment.Arm;
import dev.kombo.experiment.DecisionRule.Role;
import dev.kombo.experiment.StrategyPlan;
import dev.kombo.experiment.uplift.Comparison;
import dev.kombo.experiment.uplift.Comparison.Verdict;
import dev.kombo.experiment.uplift.ExperimentUplift.UpliftReport;
import dev.kombo.experiment.uplift.UpliftAccount;
import dev.kombo.experiment.uplift.UpliftAccount.UserObservation;
import dev.kombo.experiment.uplift.UpliftSettings;
import dev.kombo.learning.mining.BundleMiner;
import dev.kombo.learning.mining.CatalogMiningView;
import dev.kombo.learning.mining.MinedBundle;
import dev.kombo.learning.mining.MiningSettings;
import dev.kombo.learning.mining.NeighborCounts;
import dev.kombo.research.engine.InProcessEngine;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.EventType;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import dev.kombo.settings.SettingValues;
import dev.kombo.shop.Progress;
import dev.kombo.shop.simulation.SimulationSettings.BasketKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * How many orders it takes until bundles are found, and how many customers until a verdict: the figures and the picture
 * of topology-docs/is-it-for-my-shop.md. {@code mvn -Pstudy -pl research -am test -Dtest=ShopSizeStudyTest
 * -Dsurefire.failIfNoSpecifiedTests=false} writes both to {@code research/target}.
 */
@Tag("study")
class ShopSizeStudyTest {
    private static final List<Integer> ORDERS = List.of(250, 500, 1_000, 2_000, 4_000);
    private static final List<Double> EFFECTS = List.of(0.05, 0.1, 0.2, 0.5);
    private static final int SEEDS = 3;
    private static final int RUNS = 9;
    private static final int MOST_CUSTOMERS = 400_000;
    private static final int LOOK = 50;
    /** Of the orders of a month, those of customers who are new to the experiment. */
    private static final double NEW = 0.5;

    private static final double WINDOW_MONTHS = 28 / 30.4;

    @Test
    void shouldTellHowLongAShopOfASizeWaits() throws Exception {
        Map<String, Map<Integer, Double>> found = new LinkedHashMap<>();
        found.put("at most 3 lines an order", found(BasketKind.SMALL));
        found.put("about 10 lines an order", found(BasketKind.LARGE));
        Map<Double, Integer> even = verdicts(1, 0.1);
        Map<Double, Integer> uneven = verdicts(4, 0.1);
        Map<Double, Integer> half = verdicts(1, 0.5);

        MarkdownTable bundles = new MarkdownTable("orders", "at most 3 lines an order", "about 10 lines an order");
        ORDERS.forEach(orders -> bundles.row(
                text("%,d", orders),
                text("%.0f", found.get("at most 3 lines an order").get(orders)),
                text("%.0f", found.get("about 10 lines an order").get(orders))));
        MarkdownTable customers = new MarkdownTable(
                "offers add",
                "even spending, holdout 10 %",
                "even spending, holdout 50 %",
                "uneven spending, holdout 10 %");
        EFFECTS.forEach(effect -> customers.row(
                text("%.0f %%", 100 * effect),
                count(even.get(effect)),
                count(half.get(effect)),
                count(uneven.get(effect))));
        Files.writeString(Path.of("target", "shop-size.md"), bundles + "\n" + customers + "\n");
        write(even, firstOrdersWith(10, found.get("at most 3 lines an order")));

        assertThat(found.values())
                .allSatisfy(byOrders -> assertThat(byOrders.get(4_000)).isGreaterThan(10));
        assertThat(even.get(0.5)).isPositive().isLessThan(even.get(0.2));
    }

    /** Mean number of different bundles that the production miner suggests within so many orders. */
    private static Map<Integer, Double> found(BasketKind basket) throws InterruptedException {
        Map<Integer, Double> means = new TreeMap<>();
        for (int seed = 1; seed <= SEEDS; seed++) {
            Mining mining = new Mining(new SimulationSettings(
                    seed, 3_000, 120, 0, 0.015, basket, Timetable.fast(), WorldVariant.STANDARD, false));
            mining.found.forEach((orders, count) -> means.merge(orders, (double) count / SEEDS, Double::sum));
        }
        return means;
    }

    /** Mines the orders of a simulated shop without offers. */
    private static final class Mining {
        private final Map<Integer, Integer> found = new TreeMap<>();
        private final Set<String> suggested = new HashSet<>();
        private final Set<String> changed = new HashSet<>();
        private final WritableCatalogIndex index;
        private final InProcessEngine engine;
        private final BundleMiner miner = new BundleMiner(MiningSettings.of(SettingValues.defaults()));
        private int orders;

        Mining(SimulationSettings settings) throws InterruptedException {
            SimulatedWorld world = new SimulatedWorld(settings);
            EngineSettings engineSettings = Simulated.engine(settings.seed());
            index = new WritableCatalogIndex(engineSettings.index());
            world.catalog().items().forEach(item -> index.putItem(CatalogMapper.ITEMS.toDomain(item)));
            engine = new InProcessEngine(engineSettings, 1_000, List.of(index));
            new Simulation(world, (session, slate, step, time) -> {})
                    .run(
                            events -> {
                                learn(events);
                                return List.of();
                            },
                            Progress.NONE,
                            Long.MIN_VALUE);
        }

        private void learn(List<BehaviorEvent> events) {
            Set<String> buyers = new HashSet<>();
            for (BehaviorEvent event : events) {
                if (event.getType() == EventType.PURCHASE) {
                    engine.learn(EventMapper.toDomain(event));
                    changed.add(event.getItemId());
                    buyers.add(EventMapper.toDomain(event).shopperKey());
                }
            }
            for (String buyer : buyers) {
                engine.closeOrder(buyer);
                if (ORDERS.contains(++orders)) {
                    mine();
                    found.put(orders, suggested.size());
                }
            }
        }

        private void mine() {
            engine.entities().publish();
            CatalogMiningView view = new CatalogMiningView(index, false);
            for (String item : changed) {
                NeighborCounts counts = engine.entities().partners(item);
                if (counts != null) {
                    miner.mine(item, counts, view.purchases(item), view, true, none -> false).stream()
                            .map(MinedBundle::id)
                            .forEach(suggested::add);
                }
            }
        }
    }

    /** Median number of customers observed when the treatment is first known to be better; 0: not within the most. */
    private static Map<Double, Integer> verdicts(double variation, double holdout) {
        Map<Double, Integer> medians = new LinkedHashMap<>();
        for (double effect : EFFECTS) {
            int[] runs = IntStream.range(0, RUNS)
                    .parallel()
                    .map(run -> customers(variation, holdout, effect, run))
                    .map(customers -> customers == 0 ? Integer.MAX_VALUE : customers)
                    .sorted()
                    .toArray();
            medians.put(effect, runs[RUNS / 2] == Integer.MAX_VALUE ? 0 : runs[RUNS / 2]);
        }
        return medians;
    }

    /**
     * Customers whose revenue is log-normal, compared by the classes of production.
     *
     * @param variation standard deviation of a customer's revenue over its mean
     */
    private static int customers(double variation, double holdout, double effect, int run) {
        UpliftSettings settings = UpliftSettings.standard();
        StrategyPlan plan = new StrategyPlan(
                1,
                "shop-" + run,
                List.of(
                        new Arm("holdout", Arm.Kind.HOLDOUT, holdout),
                        new Arm("treatment", Arm.Kind.TREATMENT, 1 - holdout)),
                Long.MIN_VALUE,
                Long.MAX_VALUE);
        UpliftAccount account = new UpliftAccount();
        account.open(1, plan.arms());
        double spread = Math.sqrt(Math.log(1 + variation * variation));
        for (int customer = 1; customer <= MOST_CUSTOMERS; customer++) {
            String arm = plan.enroll("customer-" + customer, null, 0).arm();
            account.enter(1, arm);
            double revenue = 5_000 * Math.exp(spread * new HashedDraws(run, customer).gaussian());
            account.add(new UserObservation(arm, 1, revenue * (arm.equals("treatment") ? 1 + effect : 1), 0));
            if (customer % LOOK == 0
                    && UpliftReport.of(account, settings, Role.PRIMARY, Long.MAX_VALUE).comparisons().stream()
                            .map(Comparison::verdict)
                            .anyMatch(Verdict.WINNING::equals)) {
                return customer;
            }
        }
        return 0;
    }

    private static int firstOrdersWith(int bundles, Map<Integer, Double> found) {
        return found.entrySet().stream()
                .filter(entry -> entry.getValue() >= bundles)
                .map(Map.Entry::getKey)
                .findFirst()
                .orElseThrow();
    }

    private static void write(Map<Double, Integer> verdicts, int ordersForBundles) throws IOException {
        List<MonthsPicture.Line> lines = new ArrayList<>();
        lines.add(new MonthsPicture.Line("ten bundles found", orders -> ordersForBundles / orders));
        // More than a fifth is not known sooner: both arms need their burn-in.
        for (double effect : List.of(0.05, 0.1, 0.2)) {
            String more = effect == 0.2 ? " or more" : "";
            int customers = verdicts.get(effect);
            lines.add(new MonthsPicture.Line(
                    text("verdict on + %.0f %%%s", 100 * effect, more),
                    orders -> customers / (NEW * orders) + WINDOW_MONTHS));
        }
        Files.writeString(Path.of("target", "shop-size.svg"), MonthsPicture.of(lines));
    }

    private static String count(int customers) {
        return customers == 0 ? text("more than %,d", MOST_CUSTOMERS) : text("%,d", customers);
    }

    private static String text(String format, Object... values) {
        return String.format(Locale.ROOT, format, values);
    }
}
