package dev.kombo.lab.quality.retail;

import dev.kombo.catalog.StableHash;
import dev.kombo.lab.quality.data.BasketLine;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.metrics.TopK;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;

/** Which items will the basket hold? Asked before its first line; all items sold so far are ranked. */
final class ItemTask {
    /** Length of the lists. */
    static final int K = 20;

    /** Items drawn against one that was bought. */
    private static final int NEGATIVES = 4;

    /** Lines of one basket that are learned from. */
    private static final int POSITIVES = 24;

    /** Items that may be scored for each basket that only teaches; where there are more, baskets are drawn. */
    private static final double LEARNING_ITEMS = 4000;

    private static final int TRIES = 16;

    private final BasketShop shop;
    private final Means means;
    private final Fusions fusions;
    private final List<String> methods;
    private final TopK best;
    private final long seed;
    private final SignalTable table = new SignalTable();

    ItemTask(BasketShop shop, Means means, List<String> methods, NetworkSettings settings, long seed) {
        this.shop = shop;
        this.means = means;
        this.methods = methods;
        this.fusions = new Fusions(methods, settings, seed);
        this.best = new TopK(K, seed);
        this.seed = seed;
    }

    /** Predicts, measures, and lets the fusions learn. */
    void observe(BasketView view) {
        int items = shop.shelf().size();
        double drawn = StableHash.unit(StableHash.of(view.basket().id(), seed));
        if (items == 0 || (!view.measured() && drawn * items >= LEARNING_ITEMS)) {
            return;
        }
        int user = view.basket().user();
        long now = view.basket().time();
        shop.scoreItems(user, now, table);
        float[] context = shop.context(user, now);
        if (view.measured()) {
            measure(view, context, shop.ownership().of(user));
        }
        learn(view, context);
    }

    private void measure(BasketView view, float[] context, Map<Integer, Integer> owned) {
        int[] relevant = relevant(view, Map.of());
        score(context, owned, null, (method, scores) -> addAll(view, method, best.select(scores), relevant));
        int[] unowned = relevant(view, owned);
        if (unowned.length > 0) {
            boolean[] masked = new boolean[table.size()];
            for (int c = 0; c < masked.length; c++) {
                masked[c] = owned.containsKey(shop.shelf().item(c));
            }
            score(
                    context,
                    owned,
                    masked,
                    (method, scores) -> add(
                            view, method, "novel-recall@20", RankingMetrics.recall(best.select(scores), unowned, K)));
        }
    }

    private void addAll(BasketView view, String method, int[] ranked, int[] relevant) {
        add(view, method, "recall@20", RankingMetrics.recall(ranked, relevant, K));
        add(view, method, "capped-recall@20", RankingMetrics.cappedRecall(ranked, relevant, K));
        add(view, method, "ndcg@20", RankingMetrics.ndcg(ranked, relevant, K));
        add(view, method, "hit-rate@20", RankingMetrics.hit(ranked, relevant, K));
    }

    private void add(BasketView view, String method, String metric, double value) {
        means.add(method, "items." + metric, value);
        if (view.small()) {
            means.add(method, "items of small baskets." + metric, value);
        }
    }

    /** Candidates in the basket that are not owned, ascending; items never sold get numbers that no list holds. */
    private int[] relevant(BasketView view, Map<Integer, Integer> owned) {
        int unseen = table.size();
        int size = 0;
        int[] relevant = new int[view.basket().lines().size()];
        for (BasketLine line : view.basket().lines()) {
            if (!owned.containsKey(line.item())) {
                int candidate = shop.shelf().candidate(line.item());
                relevant[size++] = candidate >= 0 ? candidate : unseen++;
            }
        }
        int[] sorted = Arrays.copyOf(relevant, size);
        Arrays.sort(sorted);
        return sorted;
    }

    private void score(
            float[] context, Map<Integer, Integer> owned, boolean[] masked, BiConsumer<String, double[]> scored) {
        double[] popularity = new double[table.size()];
        for (int c = 0; c < popularity.length; c++) {
            popularity[c] = shop.purchases(shop.shelf().item(c));
        }
        for (String method : methods) {
            double[] scores = baseline(method, popularity, owned);
            if (scores != null) {
                Scores.mask(scores, masked);
                scored.accept(method, scores);
            }
        }
        fusions.score(table, context, masked, scored);
    }

    private double[] baseline(String method, double[] popularity, Map<Integer, Integer> owned) {
        return switch (method) {
            case Methods.POPULARITY -> popularity.clone();
            case Methods.POPULARITY_LONG -> table.values(Signal.POPULARITY_LONG);
            case Methods.POPULARITY_SHORT -> table.values(Signal.POPULARITY_SHORT);
            case Methods.FREQUENCY -> {
                double[] counts = new double[table.size()];
                Arrays.setAll(counts, c -> owned.getOrDefault(shop.shelf().item(c), 0));
                yield Scores.withTies(counts, popularity);
            }
            case Methods.NEIGHBORS -> table.values(Signal.NEIGHBORS);
            case Methods.COOCCURRENCE -> table.values(Signal.HISTORY_MEMBERS);
            case Methods.FACTORS -> table.values(Signal.COSINE);
            default -> null;
        };
    }

    private void learn(BasketView view, float[] context) {
        if (fusions.isEmpty()) {
            return;
        }
        int[] seen = view.basket().lines().stream()
                .mapToInt(line -> shop.shelf().candidate(line.item()))
                .filter(candidate -> candidate >= 0)
                .toArray();
        float weight = shop.weight(view.basket().user());
        Draws draws = new Draws("items " + view.basket().id(), seed);
        for (int candidate : draws.some(seen, POSITIVES)) {
            List<float[]> choice = new ArrayList<>(NEGATIVES + 1);
            choice.add(table.column(candidate));
            for (int i = 0; i < TRIES && choice.size() <= NEGATIVES; i++) {
                int other = draws.below(table.size());
                if (!view.items().get(shop.shelf().item(other))) {
                    choice.add(table.column(other));
                }
            }
            fusions.learn(choice, context, weight);
        }
    }

    /** The fusions, for a look. */
    Fusions fusions() {
        return fusions;
    }
}
