package dev.kombo.research.evaluation;

import dev.kombo.catalog.index.BundleEntry;
import dev.kombo.engine.event.RankerExample;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Occasion;
import dev.kombo.ranking.slate.SlateRanker;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;

/**
 * Evaluates the predicted probability that a bundle is bought, for bundles that a basket contained against others of
 * the same size and similar support that it did not, 1 to {@value #NEGATIVES}. The probabilities hold for that mix.
 */
final class PropensityTask {
    /** Number of negatives per bundle that was bought. */
    static final int NEGATIVES = 9;

    /** Largest distance, in the order of support, between a bundle and its negatives. */
    private static final int DISTANCE = 50;

    /** Most bundles of a basket that are compared with others. */
    private static final int POSITIVES = 5;

    /** Draws until the negatives of a bundle are given up. */
    private static final int TRIES = 60;

    private static final String GROUP = "propensity.";

    private final BasketShop shop;
    private final Networks networks;
    private final SlateRanker slates;
    private final List<String> methods;
    private final long seed;
    private final Map<String, List<Double>> predicted = new HashMap<>();
    private final List<Boolean> labels = new ArrayList<>();

    PropensityTask(BasketShop shop, Networks networks, RankingSettings settings, List<String> methods, long seed) {
        this.shop = shop;
        this.networks = networks;
        this.slates = new SlateRanker(shop.bundleIndex(), settings);
        this.methods = methods;
        this.seed = seed;
    }

    /** Predicts which bundles are bought, evaluates, and learns. */
    void ask(RankingTask.Question question, boolean measured) {
        if (!measured && networks.byMethod().isEmpty()) {
            return;
        }
        RankingRequest request = RankingTask.request(question, Ranker.linear(Signal.priorWeights()));
        ScoredCandidates scored = slates.scoreAll(request);
        float[] context = ShopperContext.of(request);
        Draws draws = new Draws("propensity " + question.name(), seed);
        int[] bought = IntStream.range(0, scored.size())
                .filter(c -> question.relevant().test(scored.bundle(c)))
                .toArray();
        for (int positive : draws.some(bought, POSITIVES)) {
            List<float[]> group = matched(positive, scored, question, draws);
            if (group.size() > 1) {
                if (measured) {
                    measure(group, context);
                }
                List<float[]> sequences = Collections.nCopies(group.size(), new float[0]);
                networks.learn(new RankerExample(
                        question.now(),
                        group,
                        context,
                        sequences,
                        1f,
                        question.weight(),
                        Occasion.of(question.behavior()),
                        new float[0],
                        new byte[0]));
            }
        }
    }

    /** Returns the signals of the bundle and of its negatives. */
    private List<float[]> matched(int positive, ScoredCandidates scored, RankingTask.Question question, Draws draws) {
        List<MinedCatalog.IndexedBundle> same =
                shop.mined().ofSize(scored.bundle(positive).size());
        int place = same.stream()
                .map(entry -> entry.mined().id())
                .toList()
                .indexOf(scored.bundle(positive).bundle().id());
        Set<Integer> chosen = new LinkedHashSet<>(List.of(positive));
        for (int i = 0; i < TRIES && chosen.size() <= NEGATIVES; i++) {
            int at = place - DISTANCE + draws.below(2 * DISTANCE + 1);
            if (at >= 0 && at < same.size()) {
                BundleEntry other =
                        shop.bundleIndex().bundle(same.get(at).mined().id());
                if (!question.relevant().test(other)) {
                    chosen.add(scored.indexOf(other.hash()));
                }
            }
        }
        return chosen.stream().map(scored::standardized).toList();
    }

    private void measure(List<float[]> group, float[] context) {
        for (int i = 0; i < group.size(); i++) {
            labels.add(i == 0);
            note(BasketMethods.PRIOR, 1.0 / (1 + NEGATIVES));
        }
        networks.byMethod().forEach((method, network) -> {
            for (double probability : network.probabilities(group, context)) {
                note(method, probability);
            }
        });
    }

    private void note(String method, double probability) {
        predicted.computeIfAbsent(method, none -> new ArrayList<>()).add(probability);
    }

    /** Adds the metrics of the requested methods. */
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
            }
        }
    }

    /** Number of evaluated cases. */
    int cases() {
        return labels.size();
    }
}
