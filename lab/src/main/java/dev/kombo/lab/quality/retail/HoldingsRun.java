package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.EngineSettings;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.lab.quality.ranking.Ablations;
import dev.kombo.lab.quality.ranking.Draws;
import dev.kombo.lab.quality.ranking.Means;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.lab.quality.ranking.RankingTask;
import dev.kombo.lab.quality.ranking.RankingTask.Baseline;
import dev.kombo.lab.quality.ranking.RankingTask.Question;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Signal;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/** One pass over the customers with one seed; see {@link HoldingsProtocol}. */
final class HoldingsRun implements Protocol.Run {
    private static final String POPULARITY = "popularity";
    private static final String COOCCURRENCE = "cooccurrence";
    private static final String COSINE = "cosine";
    private static final String FACTORS = "factors";

    /** In the order of display. */
    static final List<String> METHODS =
            List.of(POPULARITY, COOCCURRENCE, COSINE, FACTORS, Networks.LINEAR, Networks.KOMBO);

    private static final int K = 3;
    private static final int PACE = 20;
    private static final long START = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();
    private static final long STEP_MILLIS = 1_000;

    private final List<String> customers;
    private final List<int[]> held;
    private final List<String> products;
    private final Map<String, Long> leftOut;
    private final List<String> methods;
    private final Map<String, String> settings;

    /**
     * @param holdings products by customer
     * @param leftOut number of unusable rows, by reason
     */
    HoldingsRun(
            Map<String, Set<String>> holdings,
            Map<String, Long> leftOut,
            List<String> methods,
            Map<String, String> settings) {
        Map<String, Integer> numbers = new LinkedHashMap<>();
        holdings.values().forEach(all -> all.forEach(product -> numbers.putIfAbsent(product, numbers.size())));
        this.customers = List.copyOf(holdings.keySet());
        this.products = List.copyOf(numbers.keySet());
        this.held = holdings.values().stream()
                .map(all -> all.stream().mapToInt(numbers::get).toArray())
                .toList();
        this.leftOut = leftOut;
        this.methods = List.copyOf(methods);
        this.settings = new HashMap<>(settings);
        this.settings.putIfAbsent(ProfileLimits.HOLDINGS.name(), "true");
    }

    @Override
    public SeedResult run(long seed, Progress progress) throws InterruptedException {
        return new Pass(seed).run(progress);
    }

    /** The state of one pass. */
    private final class Pass {
        private final long seed;
        private final InProcessEngine engine;
        private final RankingTask task;
        private final ItemRegistry shelf;
        private final Means means = new Means();
        private final int[] holders = new int[products.size()];
        private final int[][] together = new int[products.size()][products.size()];
        /** Products of each customer in random order; of two or more, the first is held out. */
        private final List<int[]> drawn = new ArrayList<>();

        private int[] known = {};
        private long now = START;

        Pass(long seed) {
            this.seed = seed;
            EngineSettings configured = new EngineSettings(KomboConfig.of(SeededSettings.of(settings, seed)));
            WritableCatalogIndex index = new WritableCatalogIndex(configured.index());
            engine = new InProcessEngine(configured, PACE, List.of(index));
            shelf = new ItemRegistry(index, Bundle.NO_CURRENCY);
            for (int product = 0; product < products.size(); product++) {
                String id = products.get(product);
                index.putItem(new Item(id, id, null, Item.UNKNOWN, null, Item.UNKNOWN, Item.UNLIMITED));
                shelf.add(product, id, 0, START);
            }
            for (int c = 0; c < customers.size(); c++) {
                int[] all = held.get(c).clone();
                drawn.add(new Draws("holdings of " + customers.get(c), seed).some(all, all.length));
            }
            task = new RankingTask(
                    index,
                    configured.ranking(),
                    methods,
                    baselines(),
                    new Networks(methods, Ablations.groups(), configured, seed),
                    1,
                    K,
                    seed);
        }

        private Map<String, Baseline> baselines() {
            return Map.of(
                    POPULARITY, (scored, c) -> holders[product(scored.bundle(c))],
                    COOCCURRENCE, (scored, c) -> together(product(scored.bundle(c)), 0),
                    COSINE, (scored, c) -> together(product(scored.bundle(c)), 0.5),
                    FACTORS, Baseline.of(Signal.DOT));
        }

        private int product(BundleEntry entry) {
            return shelf.item(entry);
        }

        /**
         * Co-occurrence of a product with those of the customer: the sum of c_ij / (n_i^(1 - e) n_j^e), which sums the
         * shares of holders with e = 0, and the cosines with e = 1/2.
         */
        private double together(int product, double exponent) {
            double sum = 0;
            for (int other : known) {
                sum += together[product][other]
                        / Math.max(1, Math.pow(holders[other], 1 - exponent) * Math.pow(holders[product], exponent));
            }
            return sum;
        }

        SeedResult run(Progress progress) throws InterruptedException {
            int[] order = new int[customers.size()];
            Arrays.setAll(order, c -> c);
            order = new Draws("customers", seed).some(order, order.length);
            int done = 0;
            for (int c : order) {
                stopWhereAsked();
                learn(c);
                progress.update(++done, 2L * order.length);
            }
            engine.publish();
            int measured = 0;
            for (int c : order) {
                stopWhereAsked();
                if (drawn.get(c).length > 1) {
                    ask(c);
                    measured++;
                }
                progress.update(++done, 2L * order.length);
            }
            SeedResult result = new SeedResult();
            means.addTo(result, methods);
            return result.leftOut(leftOut)
                    .fact("customers", Integer.toString(customers.size()))
                    .fact("customers asked about", Integer.toString(measured))
                    .fact("products", Integer.toString(products.size()))
                    .fact(
                            "holdings",
                            Integer.toString(
                                    held.stream().mapToInt(all -> all.length).sum()));
        }

        private void stopWhereAsked() throws InterruptedException {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
        }

        private int[] kept(int customer) {
            int[] all = drawn.get(customer);
            return all.length > 1 ? Arrays.copyOfRange(all, 1, all.length) : all;
        }

        private void learn(int customer) {
            int[] kept = kept(customer);
            Set<String> before = new LinkedHashSet<>();
            for (int product : kept) {
                now += STEP_MILLIS;
                task.ask(question(customer, product, before, 1f), null);
                before.add(ItemRegistry.bundleId(products.get(product)));
                engine.learn(opened(customer, product));
                holders[product]++;
                for (int other : kept) {
                    together[product][other] += other == product ? 0 : 1;
                }
            }
        }

        private Question question(int customer, int wanted, Set<String> masked, float weight) {
            return new Question(
                    customers.get(customer) + " " + wanted,
                    engine.shopper(ShopperKey.ofUser(customers.get(customer))).behavior(),
                    now,
                    Set.copyOf(masked),
                    entry -> product(entry) == wanted,
                    0,
                    weight);
        }

        private ShopperEvent opened(int customer, int product) {
            return new ShopperEvent(
                    customers.get(customer) + ":" + product,
                    customers.get(customer),
                    null,
                    EventType.PURCHASE,
                    products.get(product),
                    null,
                    null,
                    null,
                    1,
                    ShopperEvent.NO_PRICE,
                    null,
                    Double.NaN,
                    null,
                    now,
                    null,
                    0);
        }

        private void ask(int customer) {
            known = kept(customer);
            Set<String> masked = Arrays.stream(known)
                    .mapToObj(product -> ItemRegistry.bundleId(products.get(product)))
                    .collect(Collectors.toSet());
            task.ask(question(customer, drawn.get(customer)[0], masked, 0), (method, hits, relevant) -> {
                means.add(method, "recall@3", RankingMetrics.recall(hits, relevant, K));
                means.add(method, "recall@1", RankingMetrics.recall(hits, relevant, 1));
            });
            means.next();
        }
    }
}
