package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.metrics.TopK;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.ranking.Signal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Which bundle will the rest of the basket complete? Asked between its lines, at evenly spaced places; all bundles that
 * are not complete yet are ranked. A basket counts with its mean over the places.
 */
final class CompletionTask {
    /** Length of the lists. */
    static final int K = 5;

    /** Places at most where a basket is measured. */
    private static final int PLACES = 19;

    /** Places at most where a basket is learned from only. */
    private static final int LEARNING_PLACES = 3;

    /** Bundles of one place that are learned from. */
    private static final int POSITIVES = 2;

    private static final int TRIES = 32;

    private final BasketShop shop;
    private final Means means;
    private final Fusions fusions;
    private final List<String> methods;
    private final TopK best;
    private final long seed;
    private final SignalTable table = new SignalTable();
    private final Map<String, double[]> sums = new HashMap<>();
    private BasketView view;
    private BitSet bought = new BitSet();
    private int places;
    private Draws draws;

    CompletionTask(BasketShop shop, Means means, List<String> methods, NetworkSettings settings, long seed) {
        this.shop = shop;
        this.means = means;
        this.methods = methods;
        this.fusions = new Fusions(methods, settings, seed);
        this.best = new TopK(K, seed);
        this.seed = seed;
    }

    /** A basket begins. */
    void begin(BasketView basket) {
        view = basket;
        bought = new BitSet();
        places = Math.min(
                basket.measured() ? PLACES : LEARNING_PLACES,
                basket.basket().lines().size() - 1);
        sums.clear();
        draws = new Draws("completion " + basket.basket().id(), seed);
    }

    /** A line of it was bought, its item being the {@code count}-th. */
    void bought(int item, int count) {
        bought.set(item);
        int lines = view.basket().lines().size();
        // Places i = 1..places, after round(i * lines / (places + 1)) lines.
        boolean place = count < lines && count * (places + 1) / lines != (count - 1) * (places + 1) / lines;
        if (place && shop.mined().size() > 0) {
            observe(view.basket().lines().get(count - 1).time());
        }
    }

    private void observe(long now) {
        int user = view.basket().user();
        shop.scoreBundles(user, now, table);
        float[] context = shop.context(user, now);
        boolean[] complete = new boolean[table.size()];
        boolean[] completed = new boolean[table.size()];
        for (int c = 0; c < complete.length; c++) {
            int[] members = shop.mined().members(table.entry(c).hash());
            completed[c] = view.holds(members);
            complete[c] = completed[c] && Arrays.stream(members).allMatch(bought::get);
            completed[c] &= !complete[c];
        }
        if (view.measured()) {
            for (String method : methods) {
                double[] scores = baseline(method);
                if (scores != null) {
                    Scores.mask(scores, complete);
                    add(method, scores, completed);
                }
            }
            fusions.score(table, context, complete, (method, scores) -> add(method, scores, completed));
        }
        learn(context, complete, completed);
    }

    private void add(String method, double[] scores, boolean[] completed) {
        double[] sum = sums.computeIfAbsent(method, none -> new double[2]);
        sum[0] += Arrays.stream(best.select(scores)).anyMatch(c -> completed[c]) ? 1 : 0;
        sum[1]++;
    }

    private double[] baseline(String method) {
        return switch (method) {
            case Methods.POPULARITY_LONG -> table.values(Signal.POPULARITY_LONG);
            case Methods.POPULARITY_SHORT -> table.values(Signal.POPULARITY_SHORT);
            case Methods.SUPPORT -> table.values(Signal.SUPPORT);
            case Methods.CONFIDENCE -> Scores.withTies(
                    table.values(Signal.BASKET_CONFIDENCE), table.values(Signal.SUPPORT));
            case Methods.NEIGHBORS -> table.values(Signal.BASKET_NEIGHBORS);
            case Methods.OWN_REPEAT -> Scores.withTies(
                    table.values(Signal.OWN_REPEAT_LEAST), table.values(Signal.POPULARITY_LONG));
            case Methods.FACTORS -> table.values(Signal.COSINE);
            default -> null;
        };
    }

    private void learn(float[] context, boolean[] complete, boolean[] completed) {
        int[] wanted = new int[completed.length];
        int size = 0;
        for (int c = 0; c < completed.length; c++) {
            if (completed[c]) {
                wanted[size++] = c;
            }
        }
        float weight = shop.weight(view.basket().user());
        for (int positive : draws.some(Arrays.copyOf(wanted, size), POSITIVES)) {
            List<float[]> choice = new ArrayList<>(BundleTask.NEGATIVES + 1);
            choice.add(table.column(positive));
            for (int i = 0; i < TRIES && choice.size() <= BundleTask.NEGATIVES; i++) {
                int other = draws.below(completed.length);
                if (!completed[other] && !complete[other]) {
                    choice.add(table.column(other));
                }
            }
            fusions.learn(choice, context, weight);
        }
    }

    /** The basket is over. */
    void end() {
        sums.forEach((method, sum) -> {
            means.add(method, "completion.completed@5", sum[0] / sum[1]);
            if (view.small()) {
                means.add(method, "completion of small baskets.completed@5", sum[0] / sum[1]);
            }
        });
    }

    /** The fusions, for a look. */
    Fusions fusions() {
        return fusions;
    }
}
