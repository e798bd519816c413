package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.Bundle;
import dev.kombo.catalog.BundleMember;
import dev.kombo.catalog.CatalogIndex;
import dev.kombo.catalog.Item;
import dev.kombo.catalog.StableHash;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.lab.quality.engine.FusionModel;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.metrics.TopK;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.learning.NetworkKind;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.learning.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.EventType;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingRequest;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.SlateRanker;
import dev.kombo.topology.EngineSettings;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pass over Youshu with one seed: all train pairs, of items and of bundles, in one random order; then all bundles
 * are ranked for every user who has something to predict.
 */
final class YoushuRun {
    static final String RECALL = "recall@20";
    static final String NDCG = "ndcg@20";

    private static final int TOP = 20;
    private static final long START = 1_600_000_000_000L;
    private static final long BETWEEN_EVENTS = 100;
    private static final EnginePace PACE = new EnginePace(500, 40);
    private static final int NEGATIVES = 19;
    private static final double EXAMPLE_SHARE = 0.3;
    private static final int CURVE_INTERVALS = 20;

    private final YoushuData data;
    private final NetworkSettings training;
    private final List<String> methods;
    private final long seed;
    private final double share;
    private final CatalogIndex index;
    private final InProcessEngine engine;
    private final SlateRanker ranker;
    private final Map<String, FusionModel> models = new LinkedHashMap<>();
    private final LearningCurve curve;
    private final float[] logits;
    private final double[] scores;
    private final int[] ordinals;
    private long now = START;

    /**
     * A run.
     *
     * @param share of the stream that is learned from, from its head on, in (0, 1]
     */
    YoushuRun(
            YoushuData data,
            EngineSettings settings,
            NetworkSettings training,
            List<String> methods,
            long seed,
            double share) {
        this.data = data;
        this.training = training;
        this.methods = methods;
        this.seed = seed;
        this.share = share;
        this.index = new CatalogIndex(settings.index());
        for (int b = 0; b < data.bundles(); b++) {
            index.putBundle(bundle(b));
        }
        this.ordinals = new int[data.bundles()];
        for (int b = 0; b < ordinals.length; b++) {
            ordinals[b] = index.bundleOrdinal("b" + b);
        }
        this.engine = new InProcessEngine(settings, PACE, List.of(index));
        this.ranker = new SlateRanker(index, settings.ranking());
        this.logits = new float[data.bundles()];
        this.scores = new double[data.bundles()];
        this.curve = new LearningCurve(Math.max(1, data.train().size()), CURVE_INTERVALS);
        for (String method : methods) {
            model(method);
        }
    }

    private void model(String method) {
        Signal without = YoushuMethods.without(method);
        if (method.equals(YoushuMethods.LINEAR)) {
            add(method, NetworkKind.LINEAR, null);
        } else if (method.equals(YoushuMethods.KOMBO) || without != null) {
            add(method, NetworkKind.DENSE, without);
        }
    }

    private void add(String method, NetworkKind kind, Signal without) {
        NetworkShape shape = NetworkShape.of(kind, Signal.count(), 0);
        models.put(method, new FusionModel(shape, training, without, data.bundles(), seed));
    }

    /** No prices are known: one price for all, which then tells none from another. */
    private Bundle bundle(int bundle) {
        List<BundleMember> members = new ArrayList<>();
        for (int item : data.bundleItems()[bundle]) {
            members.add(new BundleMember("i" + item, 1));
        }
        return new Bundle(
                "b" + bundle,
                "",
                members,
                1000,
                1000,
                "EUR",
                Item.UNKNOWN,
                Item.UNLIMITED,
                Long.MIN_VALUE,
                Long.MAX_VALUE,
                Set.of(),
                Bundle.Origin.CURATED,
                0);
    }

    /** Learns from the stream, then ranks. */
    SeedResult run(Progress progress) throws InterruptedException {
        int[] order = order();
        int bundlePairs = data.train().size();
        long total = order.length + (long) data.users() * 2;
        int seen = 0;
        for (int e = 0; e < order.length; e++) {
            boolean ofBundle = order[e] < bundlePairs;
            ShopperEvent event = event(order[e]);
            if (ofBundle && StableHash.unit(StableHash.of(event.eventId(), seed)) < EXAMPLE_SHARE) {
                observe(event, data.train().second()[order[e]], seen);
            }
            seen += ofBundle ? 1 : 0;
            engine.learn(event);
            progress.update(e, total);
            interruptible();
        }
        engine.publish();
        SeedResult result = rank(progress, order.length, total);
        if (models.containsKey(YoushuMethods.KOMBO)) {
            result.learning(YoushuMethods.KOMBO, RECALL + " of the next bundle", curve);
        }
        return result;
    }

    private static void interruptible() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }

    /** Numbers of pairs in random order: train pairs of bundles first, then pairs of items; the head of them. */
    private int[] order() {
        int[] order = new int[data.train().size() + data.userItems().size()];
        Arrays.setAll(order, i -> i);
        for (int i = order.length - 1; i > 0; i--) {
            int other = StableHash.below(StableHash.combine(seed, i), i + 1);
            int kept = order[i];
            order[i] = order[other];
            order[other] = kept;
        }
        return Arrays.copyOf(order, (int) Math.ceil(share * order.length));
    }

    private ShopperEvent event(int pair) {
        now += BETWEEN_EVENTS;
        int bundlePairs = data.train().size();
        boolean ofBundle = pair < bundlePairs;
        int user = ofBundle ? data.train().first()[pair] : data.userItems().first()[pair - bundlePairs];
        return new ShopperEvent(
                "e" + pair,
                "u" + user,
                null,
                EventType.PURCHASE,
                ofBundle ? null : "i" + data.userItems().second()[pair - bundlePairs],
                ofBundle ? "b" + data.train().second()[pair] : null,
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

    private ScoredCandidates score(Behavior behavior) {
        return ranker.scoreAll(new RankingRequest(
                behavior, null, Set.of(), Set.of(), "evaluation", now, 0, 1, Ranker.linear(Signal.priorWeights()), 0));
    }

    /** Test, then learn: the bundle is ranked before anybody has heard of it, and only then are the models told. */
    private void observe(ShopperEvent event, int bundle, int position) {
        Behavior behavior = engine.shopper(event.shopperKey()).behavior();
        if (models.isEmpty() || behavior.recent().size() == 0) {
            return;
        }
        ScoredCandidates scored = score(behavior);
        float[][] rows = scored.rows();
        FusionModel kombo = models.get(YoushuMethods.KOMBO);
        if (kombo != null) {
            kombo.score(rows, scored.size(), logits);
            curve.add(position, rankOf(ordinals[bundle], scored.size()) < TOP ? 1 : 0);
        }
        int[] others = others(StableHash.of(event.eventId(), seed + 1), ordinals[bundle]);
        for (FusionModel model : models.values()) {
            model.learn(rows, ordinals[bundle], others);
        }
    }

    private int rankOf(int candidate, int count) {
        int better = 0;
        for (int c = 0; c < count; c++) {
            better += logits[c] > logits[candidate] ? 1 : 0;
        }
        return better;
    }

    private int[] others(long draw, int chosen) {
        int[] others = new int[NEGATIVES];
        for (int i = 0; i < others.length; i++) {
            int other = StableHash.below(StableHash.combine(draw, i), data.bundles());
            others[i] = other == chosen ? (other + 1) % data.bundles() : other;
        }
        return others;
    }

    private SeedResult rank(Progress progress, long done, long total) throws InterruptedException {
        int[][] relevant = data.ranked().byFirst(data.users());
        int[][] known = data.train().byFirst(data.users());
        Map<String, double[]> sums = new LinkedHashMap<>();
        methods.forEach(method -> sums.put(method, new double[2]));
        TopK top = new TopK(TOP, seed);
        int ranked = 0;
        for (int user = 0; user < data.users(); user++) {
            progress.update(done + 2L * user, total);
            interruptible();
            if (relevant[user].length == 0) {
                continue;
            }
            ranked++;
            ScoredCandidates scored =
                    score(engine.shopper(ShopperKey.ofUser("u" + user)).behavior());
            for (String method : methods) {
                fill(method, scored);
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

    /** Scores of all bundles by number. */
    private void fill(String method, ScoredCandidates scored) {
        Signal signal = YoushuMethods.signal(method);
        FusionModel model = models.get(method);
        if (model != null) {
            model.score(scored.rows(), scored.size(), logits);
        }
        for (int b = 0; b < scores.length; b++) {
            int candidate = ordinals[b];
            scores[b] = model != null
                    ? logits[candidate]
                    : signal != null ? scored.value(signal, candidate) : scored.score(candidate);
        }
    }
}
