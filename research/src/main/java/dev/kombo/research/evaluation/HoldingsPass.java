package dev.kombo.research.evaluation;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.entity.Item;
import dev.kombo.profile.CustomerLevels;
import dev.kombo.profile.ProfileLimits;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Signal;
import dev.kombo.research.data.HoldingsData;
import dev.kombo.research.engine.InProcessEngine;
import dev.kombo.shop.Progress;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Evaluates on holdings of customers, a CSV as {@link HoldingsData} reads it: one random product of
 * each customer with at least two is held out, the rest is learned from, customer by customer in random order, and
 * finally the products that a customer is not known to hold are ranked for the one held out. With a test part, it alone
 * is asked about, and of the other customers all products are learned from.
 *
 * <p>A pass runs with one seed. Not thread-safe.
 */
public final class HoldingsPass extends Pass {
    private static final String POPULARITY = "popularity";
    private static final String COOCCURRENCE = "cooccurrence";
    private static final String COSINE = "cosine";
    private static final String FACTORS = "factors";

    /** In the order of display. */
    static final List<String> METHODS =
            List.of(POPULARITY, COOCCURRENCE, COSINE, FACTORS, Networks.LINEAR, Networks.KOMBO);

    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            HoldingsData.NAME,
            METHODS,
            "recall@3",
            List.of(POPULARITY, COOCCURRENCE, COSINE),
            "",
            Set.of(),
            HoldingsPass::open);

    private static final int K = 3;

    /** Products learned from between two publications of those that changed. */
    private static final int EVENTS_PER_PUBLICATION = 20;

    /** Time between two products, as the data have none. */
    private static final long STEP_MILLIS = 1_000;

    private static final long START = Instant.parse("2025-01-01T00:00:00Z").toEpochMilli();

    private final HoldingsData holdings;
    private final InProcessEngine engine;
    private final RankingTask task;
    private final ItemRegistry shelf;
    private final int[] holders;
    private final int[][] together;
    /** Products of each customer in random order; of those asked about, the first is held out. */
    private final List<int[]> drawn = new ArrayList<>();

    private int[] known = {};
    private long now = START;

    private HoldingsPass(HoldingsData holdings, EvaluationOptions options, long seed) {
        super(
                options,
                Map.of(
                        ProfileLimits.HOLDINGS.name(),
                        "true",
                        CustomerLevels.NAMES.name(),
                        String.join(",", holdings.read())),
                seed);
        this.holdings = holdings;
        List<String> products = holdings.products();
        holders = new int[products.size()];
        together = new int[products.size()][products.size()];
        WritableCatalogIndex index = new WritableCatalogIndex(settings.index());
        engine = new InProcessEngine(settings, EVENTS_PER_PUBLICATION, List.of(index));
        shelf = new ItemRegistry(index, Bundle.NO_CURRENCY);
        for (int product = 0; product < products.size(); product++) {
            String id = products.get(product);
            index.putItem(new Item(id, id, null, Item.UNKNOWN, null, Item.UNKNOWN, Item.UNLIMITED));
            shelf.add(product, id, 0, START);
        }
        for (int c = 0; c < holdings.customers().size(); c++) {
            int[] all = holdings.held().get(c).clone();
            drawn.add(new Draws("holdings of " + holdings.customers().get(c), seed).some(all, all.length));
        }
        Map<String, RankingTask.Baseline> baselines = Map.of(
                POPULARITY, (scored, c) -> holders[product(scored.bundle(c))],
                COOCCURRENCE, (scored, c) -> together(product(scored.bundle(c)), 0),
                COSINE, (scored, c) -> together(product(scored.bundle(c)), 0.5),
                FACTORS, RankingTask.Baseline.of(Signal.DOT));
        task = task(index, baselines, 1, K);
    }

    private static Protocol.Run open(EvaluationOptions options) throws IOException {
        HoldingsData holdings = HoldingsData.read(options.dir(), options.testCsv());
        return (seed, progress) -> new HoldingsPass(holdings, options, seed).run(progress);
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

    @Override
    public SeedResult run(Progress progress) throws InterruptedException {
        int[] order = new int[drawn.size()];
        Arrays.setAll(order, c -> c);
        order = new Draws("customers", seed).some(order, order.length);
        int done = 0;
        for (int c : order) {
            learn(c);
            progress.step(++done, 2L * order.length);
        }
        engine.entities().publish();
        for (int c : order) {
            if (holdings.asked().contains(c)) {
                ask(c);
            }
            progress.step(++done, 2L * order.length);
        }
        return result(holdings.leftOut())
                .fact("customers", order.length)
                .fact("customers asked about", holdings.asked().size())
                .fact("products", holders.length)
                .fact(
                        "attributes read",
                        String.join(", ", new TreeSet<>(settings.profile().attributes())))
                .fact(
                        "holdings",
                        holdings.held().stream().mapToLong(all -> all.length).sum());
    }

    private int[] kept(int customer) {
        int[] all = drawn.get(customer);
        return holdings.asked().contains(customer) ? Arrays.copyOfRange(all, 1, all.length) : all;
    }

    private void learn(int customer) {
        int[] kept = kept(customer);
        Set<String> before = new LinkedHashSet<>();
        for (int product : kept) {
            now += STEP_MILLIS;
            task.ask(question(customer, product, before, 1f), null);
            before.add(ItemRegistry.bundleId(holdings.products().get(product)));
            engine.learn(opened(customer, product));
            holders[product]++;
            for (int other : kept) {
                together[product][other] += other == product ? 0 : 1;
            }
        }
    }

    private RankingTask.Question question(int customer, int wanted, Set<String> masked, float weight) {
        String id = holdings.customers().get(customer);
        return new RankingTask.Question(
                id + " " + wanted,
                engine.shopper(ShopperKey.ofUser(id)).behavior(),
                now,
                Set.copyOf(masked),
                entry -> product(entry) == wanted,
                0,
                weight);
    }

    private ShopperEvent opened(int customer, int product) {
        String id = holdings.customers().get(customer);
        return InProcessEngine.purchase(
                id + ":" + product,
                id,
                holdings.products().get(product),
                null,
                null,
                now,
                holdings.attributes().get(customer));
    }

    private void ask(int customer) {
        known = kept(customer);
        Set<String> masked = Arrays.stream(known)
                .mapToObj(product -> ItemRegistry.bundleId(holdings.products().get(product)))
                .collect(Collectors.toSet());
        task.ask(question(customer, drawn.get(customer)[0], masked, 0), (method, list, hits, relevant) -> {
            means.add(method, "recall@3", RankingMetrics.recall(hits, relevant, K));
            means.add(method, "recall@1", RankingMetrics.recall(hits, relevant, 1));
        });
        means.next(holdings.customers().get(customer));
    }
}
