package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.metrics.TopK;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateGoal;
import dev.kombo.ranking.SlateRanker;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;

/**
 * Ranks all bundles for every user who has something to predict, and measures the lists: Recall@20 and NDCG@20 with the
 * user's train pairs masked. The same for an engine in this process and for a service. Not thread-safe.
 */
final class YoushuRanking {
    static final String RECALL = "recall@20";
    static final String NDCG = "ndcg@20";
    static final int TOP = 20;

    private static final Ranker PRIOR = Ranker.linear(Signal.priorWeights());

    private final YoushuData data;
    private final CatalogIndex index;
    private final RankingSettings settings;
    private final SlateRanker ranker;
    private final int[] ordinals;
    private final double[] scores;

    /** Scores all bundles by something learned. */
    @FunctionalInterface
    interface Model {
        /**
         * Scores.
         *
         * @param scored what the prior weights made of the same shopper and time
         * @param time epoch milliseconds
         * @return one score a candidate of {@code scored}
         */
        double[] score(Behavior behavior, ScoredCandidates scored, long time);
    }

    /**
     * A ranking over an index that holds all bundles.
     *
     * @param index numbers the bundles as it likes, without a gap
     */
    YoushuRanking(YoushuData data, CatalogIndex index, RankingSettings settings) {
        this.data = data;
        this.index = index;
        this.settings = settings;
        this.ranker = new SlateRanker(index, settings);
        this.ordinals = new int[data.bundles()];
        for (int b = 0; b < ordinals.length; b++) {
            ordinals[b] = index.bundleOrdinal(YoushuStream.bundleId(b));
        }
        this.scores = new double[data.bundles()];
    }

    /** What scores, with its buffers. */
    SlateRanker ranker() {
        return ranker;
    }

    /** Hash of a bundle, by which it is found among the candidates. */
    long hash(int bundle) {
        return index.bundle(ordinals[bundle]).hash();
    }

    /** All bundles by the prior weights; valid until the next call. */
    ScoredCandidates score(Behavior behavior, long time) {
        return ranker.scoreAll(request(behavior, time));
    }

    /** What a ranker makes of a shopper, by a scorer of its own: the answer for the prior weights stays as it is. */
    Model model(Ranker by) {
        SlateRanker slates = new SlateRanker(index, settings);
        return (behavior, unused, time) -> {
            ScoredCandidates scored = slates.scoreAll(request(behavior, by, time));
            double[] scores = new double[scored.size()];
            for (int c = 0; c < scores.length; c++) {
                scores[c] = scored.score(c);
            }
            return scores;
        };
    }

    /** A question for all bundles by the prior weights. */
    static RankingRequest request(Behavior behavior, long time) {
        return request(behavior, PRIOR, time);
    }

    /** A question for all bundles. */
    static RankingRequest request(Behavior behavior, Ranker ranker, long time) {
        return new RankingRequest(
                behavior, null, Set.of(), Set.of(), "evaluation", time, 0, 1, ranker, SlateGoal.relevance());
    }

    /**
     * Ranks and measures.
     *
     * @param methods rows of the table: signals, the prior, and names of models
     * @param models by method
     * @param shoppers finds what is known of a shopper by key, of which there must be something
     * @param time at which is ranked, epoch milliseconds
     * @param seed of the order among equals
     * @param progress told of users done
     */
    SeedResult rank(
            List<String> methods,
            Map<String, Model> models,
            Function<String, Behavior> shoppers,
            long time,
            long seed,
            Progress progress)
            throws InterruptedException {
        int[][] relevant = data.ranked().byFirst(data.users());
        int[][] known = data.train().byFirst(data.users());
        Map<String, double[]> sums = new LinkedHashMap<>();
        methods.forEach(method -> sums.put(method, new double[2]));
        TopK top = new TopK(TOP, seed);
        int ranked = 0;
        for (int user = 0; user < data.users(); user++) {
            progress.update(user, data.users());
            interruptible();
            if (relevant[user].length == 0) {
                continue;
            }
            ranked++;
            Behavior behavior = shoppers.apply(ShopperKey.ofUser(YoushuStream.user(user)));
            ScoredCandidates scored = score(behavior, time);
            for (String method : methods) {
                Model model = models.get(method);
                fill(method, model == null ? null : model.score(behavior, scored, time), scored);
                int[] best = top.select(scores, known[user]);
                sums.get(method)[0] += RankingMetrics.recall(best, relevant[user], TOP);
                sums.get(method)[1] += RankingMetrics.ndcg(best, relevant[user], TOP);
            }
        }
        SeedResult result = new SeedResult().fact("users ranked", Integer.toString(ranked));
        for (String method : methods) {
            result.metric(method, RECALL, sums.get(method)[0] / ranked);
            result.metric(method, NDCG, sums.get(method)[1] / ranked);
        }
        return result;
    }

    static void interruptible() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }

    /** Scores of all bundles by number. */
    private void fill(String method, double[] modelled, ScoredCandidates scored) {
        Signal signal = YoushuMethods.signal(method);
        for (int b = 0; b < scores.length; b++) {
            int candidate = ordinals[b];
            scores[b] = modelled != null
                    ? modelled[candidate]
                    : signal != null ? scored.value(signal, candidate) : scored.score(candidate);
        }
    }
}
