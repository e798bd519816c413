package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.metrics.TopK;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.BiConsumer;
import java.util.stream.IntStream;

/** Which mined bundles will the basket hold in full? Asked before its first line; the whole catalogue is ranked. */
final class BundleTask {
    /** Length of the lists. */
    static final int K = 10;

    /** Bundles drawn against one that was bought. */
    static final int NEGATIVES = 4;

    /** Bundles of one basket that are learned from: large baskets hold hundreds. */
    static final int POSITIVES = 5;

    private static final int TRIES = 32;

    private final BasketShop shop;
    private final Means means;
    private final Fusions fusions;
    private final List<String> methods;
    private final TopK best;
    private final long seed;
    private final PropensityTask propensity;
    private final SignalTable table = new SignalTable();

    BundleTask(
            BasketShop shop,
            Means means,
            List<String> methods,
            NetworkSettings settings,
            long seed,
            PropensityTask propensity) {
        this.shop = shop;
        this.means = means;
        this.methods = methods;
        this.fusions = new Fusions(methods, settings, seed);
        this.best = new TopK(K, seed);
        this.seed = seed;
        this.propensity = propensity;
    }

    /** Predicts, measures, and lets the fusions learn. */
    void observe(BasketView view) {
        int user = view.basket().user();
        long now = view.basket().time();
        if (shop.mined().size() == 0) {
            return;
        }
        shop.scoreBundles(user, now, table);
        float[] context = shop.context(user, now);
        boolean[] covered = covered(view);
        if (view.measured()) {
            measure(view, context, covered);
        }
        learn(view, context, covered);
    }

    private boolean[] covered(BasketView view) {
        boolean[] covered = new boolean[table.size()];
        for (int c = 0; c < covered.length; c++) {
            covered[c] = view.holds(members(c));
        }
        return covered;
    }

    private int[] members(int candidate) {
        return shop.mined().members(table.entry(candidate).hash());
    }

    private void measure(BasketView view, float[] context, boolean[] covered) {
        score(context, null, (method, scores) -> add(view, method, "full@10", best.select(scores), covered));
        Map<Integer, Integer> owned = shop.ownership().of(view.basket().user());
        boolean[] familiar = new boolean[covered.length];
        boolean possible = false;
        for (int c = 0; c < familiar.length; c++) {
            familiar[c] = Arrays.stream(members(c)).anyMatch(owned::containsKey);
            possible |= covered[c] && !familiar[c];
        }
        if (possible) {
            score(
                    context,
                    familiar,
                    (method, scores) -> add(view, method, "novel-full@10", best.select(scores), covered));
        }
    }

    private void add(BasketView view, String method, String metric, int[] ranked, boolean[] covered) {
        double hit = Arrays.stream(ranked).anyMatch(c -> covered[c]) ? 1 : 0;
        means.add(method, "bundles." + metric, hit);
        if (view.small()) {
            means.add(method, "bundles of small baskets." + metric, hit);
        }
    }

    private void score(float[] context, boolean[] masked, BiConsumer<String, double[]> scored) {
        for (String method : methods) {
            double[] scores = baseline(method);
            if (scores != null) {
                // A list of ten is never filled with masked bundles: there are hundreds of others.
                Scores.mask(scores, masked);
                scored.accept(method, scores);
            }
        }
        fusions.score(table, context, masked, scored);
    }

    private double[] baseline(String method) {
        return switch (method) {
            case Methods.POPULARITY -> popularity();
            case Methods.POPULARITY_LONG -> table.values(Signal.POPULARITY_LONG);
            case Methods.POPULARITY_SHORT -> table.values(Signal.POPULARITY_SHORT);
            case Methods.SUPPORT -> table.values(Signal.SUPPORT);
            case Methods.OWN_REPEAT -> Scores.withTies(
                    table.values(Signal.OWN_REPEAT_LEAST), table.values(Signal.POPULARITY_LONG));
            case Methods.NEIGHBORS -> table.values(Signal.NEIGHBORS);
            case Methods.COOCCURRENCE -> table.values(Signal.HISTORY_MEMBERS);
            case Methods.FACTORS -> table.values(Signal.COSINE);
            default -> null;
        };
    }

    private double[] popularity() {
        double[] least = new double[table.size()];
        Arrays.setAll(
                least,
                c -> Arrays.stream(members(c)).mapToLong(shop::purchases).min().orElse(0));
        return least;
    }

    private void learn(BasketView view, float[] context, boolean[] covered) {
        int[] wanted =
                IntStream.range(0, covered.length).filter(c -> covered[c]).toArray();
        Draws draws = new Draws("bundles " + view.basket().id(), seed);
        float weight = shop.weight(view.basket().user());
        int[] positives = draws.some(wanted, POSITIVES);
        for (int positive : positives) {
            List<float[]> choice = new ArrayList<>(NEGATIVES + 1);
            choice.add(table.column(positive));
            for (int i = 0; i < TRIES && choice.size() <= NEGATIVES; i++) {
                int other = draws.below(covered.length);
                if (!covered[other]) {
                    choice.add(table.column(other));
                }
            }
            fusions.learn(choice, context, weight);
        }
        if (positives.length > 0) {
            propensity.observe(view, table, context, covered, positives);
        }
    }

    /** The fusions, for a look. */
    Fusions fusions() {
        return fusions;
    }
}
