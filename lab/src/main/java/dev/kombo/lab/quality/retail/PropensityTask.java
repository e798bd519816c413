package dev.kombo.lab.quality.retail;

import dev.kombo.lab.quality.metrics.BinaryMetrics;
import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.learning.NetworkSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How probable is it that a bundle is bought? Bundles that a basket held against others of the same size and about the
 * same support that it did not, 1 to {@value #NEGATIVES}. The probabilities hold for that mix.
 */
final class PropensityTask {
    /** Bundles drawn against one that was bought. */
    static final int NEGATIVES = 9;

    /** Places in the order of support between a bundle and those drawn against it, at most. */
    private static final int DISTANCE = 50;

    private static final int TRIES = 60;
    private static final String GROUP = "propensity.";

    private final BasketShop shop;
    private final List<String> methods;
    private final Fusions fusions;
    private final long seed;
    private final Map<String, List<Double>> predicted = new HashMap<>();
    private final List<Boolean> labels = new ArrayList<>();
    private List<MinedCatalog.Entry> ranked = List.of();
    private final Map<String, Integer> places = new HashMap<>();

    PropensityTask(BasketShop shop, List<String> methods, NetworkSettings settings, long seed) {
        this.shop = shop;
        this.methods = methods;
        this.fusions = new Fusions(methods, settings, seed);
        this.seed = seed;
    }

    /**
     * Predicts, measures, and learns.
     *
     * @param covered by candidate of the table, whether the basket held it
     * @param wanted candidates of those that count
     */
    void observe(BasketView view, SignalTable table, float[] context, boolean[] covered, int[] wanted) {
        Map<Long, Integer> candidates = new HashMap<>();
        for (int c = 0; c < table.size(); c++) {
            candidates.put(table.entry(c).hash(), c);
        }
        Draws draws = new Draws("propensity " + view.basket().id(), seed);
        for (int positive : wanted) {
            List<Integer> group = matched(positive, table, candidates, covered, draws);
            if (group.isEmpty()) {
                continue;
            }
            group.add(0, positive);
            float[][] columns = new float[group.size()][];
            Arrays.setAll(columns, i -> table.column(group.get(i)));
            if (view.measured()) {
                measure(columns, context);
            }
            fusions.learn(List.of(columns), context, shop.weight(view.basket().user()));
        }
    }

    private List<Integer> matched(
            int positive, SignalTable table, Map<Long, Integer> candidates, boolean[] covered, Draws draws) {
        int size = table.entry(positive).size();
        List<MinedCatalog.Entry> same = shop.mined().ofSize(size);
        locate(same);
        int place = places.getOrDefault(table.entry(positive).bundle().id(), 0);
        Set<Integer> chosen = new HashSet<>();
        List<Integer> group = new ArrayList<>();
        for (int i = 0; i < TRIES && group.size() < NEGATIVES; i++) {
            int at = place - DISTANCE + draws.below(2 * DISTANCE + 1);
            if (at >= 0 && at < same.size()) {
                Integer candidate = candidates.get(shop.mined().hash(same.get(at)));
                if (candidate != null && !covered[candidate] && chosen.add(candidate)) {
                    group.add(candidate);
                }
            }
        }
        return group;
    }

    private void locate(List<MinedCatalog.Entry> same) {
        if (ranked != same) {
            ranked = same;
            places.clear();
            for (int i = 0; i < same.size(); i++) {
                places.put(same.get(i).mined().id(), i);
            }
        }
    }

    private void measure(float[][] columns, float[] context) {
        for (int i = 0; i < columns.length; i++) {
            labels.add(i == 0);
            note(Methods.PRIOR, 1.0 / (1 + NEGATIVES));
        }
        fusions.rankers().forEach((name, ranker) -> {
            double[][] probabilities = ranker.probabilities(columns, context);
            for (int i = 0; i < columns.length; i++) {
                if (name.equals(Fusions.KOMBO)) {
                    note(Fusions.LINEAR, probabilities[0][i]);
                }
                note(name, probabilities[1][i]);
            }
        });
    }

    private void note(String method, double probability) {
        predicted.computeIfAbsent(method, none -> new ArrayList<>()).add(probability);
    }

    /** Adds the metrics of the methods asked for. */
    void addTo(SeedResult result) {
        boolean[] truth = new boolean[labels.size()];
        for (int i = 0; i < truth.length; i++) {
            truth[i] = labels.get(i);
        }
        for (String method : methods) {
            List<Double> values = predicted.get(method);
            if (values != null) {
                double[] probabilities =
                        values.stream().mapToDouble(Double::doubleValue).toArray();
                result.metric(method, GROUP + "auc", BinaryMetrics.auc(probabilities, truth));
                result.metric(method, GROUP + "log-loss", BinaryMetrics.logLoss(probabilities, truth));
                result.metric(method, GROUP + "ece", BinaryMetrics.expectedCalibrationError(probabilities, truth));
                result.metric(method, GROUP + "accuracy", BinaryMetrics.accuracy(probabilities, truth));
                ReliabilityCurve curve = new ReliabilityCurve();
                for (int i = 0; i < truth.length; i++) {
                    curve.add(probabilities[i], truth[i]);
                }
                result.reliability(method, curve);
            }
        }
    }

    /** Cases measured. */
    int cases() {
        return labels.size();
    }
}
