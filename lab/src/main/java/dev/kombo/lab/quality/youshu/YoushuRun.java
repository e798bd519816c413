package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.CatalogIndex;
import dev.kombo.engine.RankerExample;
import dev.kombo.engine.RankerExamples;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.engine.TrainedNetwork;
import dev.kombo.lab.quality.engine.TwoStageRanker;
import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.learning.NetworkKind;
import dev.kombo.learning.NetworkSettings;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.ScoredCandidates;
import dev.kombo.ranking.ShopperContext;
import dev.kombo.ranking.Signal;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import dev.kombo.topology.EngineSettings;
import dev.kombo.topology.EventFlows;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * One pass over Youshu with one seed: all train pairs, of items and of bundles, in one random order; then all bundles
 * are ranked for every user who has something to predict.
 */
final class YoushuRun {
    static final EnginePace PACE = new EnginePace(500, 40);

    private static final int CURVE_INTERVALS = 20;

    private final YoushuData data;
    private final List<String> methods;
    private final long seed;
    private final YoushuStream stream;
    private final InProcessEngine engine;
    private final YoushuRanking ranking;
    private final RankerExamples examples;
    private final Map<String, TwoStageRanker> rankers = new LinkedHashMap<>();
    private final Map<String, TrainedNetwork> networks = new LinkedHashMap<>();
    private final Ranker asking;
    private final LearningCurve curve;
    private int seen;

    /**
     * A run.
     *
     * @param share of the stream that is learned from, from its head on, in (0, 1]
     */
    YoushuRun(YoushuData data, EngineSettings settings, List<String> methods, long seed, double share) {
        this.data = data;
        this.methods = methods;
        this.seed = seed;
        this.stream = new YoushuStream(data, seed, share);
        CatalogIndex index = new CatalogIndex(settings.index());
        YoushuStream.bundles(data).forEach(bundle -> index.putBundle(CatalogMapper.toDomain(bundle)));
        this.engine = new InProcessEngine(settings, PACE, List.of(index));
        this.ranking = new YoushuRanking(data, index, settings.ranking());
        this.examples = EventFlows.examples(settings, index, ranking.ranker());
        this.curve = new LearningCurve(Math.max(1, data.train().size()), CURVE_INTERVALS);
        NetworkSettings training = settings.rankerTraining();
        if (methods.contains(YoushuMethods.KOMBO) || methods.contains(YoushuMethods.LINEAR)) {
            rankers.put(YoushuMethods.KOMBO, new TwoStageRanker(new boolean[Signal.count()], training, seed));
        }
        for (String method : methods) {
            NetworkKind sequential = YoushuMethods.sequential(method);
            if (sequential != null) {
                networks.put(method, new TrainedNetwork(sequential, training, seed));
            }
            Signal without = YoushuMethods.without(method);
            if (without != null) {
                boolean[] masked = new boolean[Signal.count()];
                masked[without.ordinal()] = true;
                rankers.put(method, new TwoStageRanker(masked, training, seed));
            }
        }
        // A network that sees sequences makes the examples hold them.
        asking = networks.isEmpty() ? Ranker.linear(Signal.priorWeights()) : Ranker.prior(NetworkKind.RECURRENT, seed);
    }

    /** Learns from the stream, then ranks. */
    SeedResult run(Progress progress) throws InterruptedException {
        long total = stream.size() + (long) data.users() * 2;
        for (int e = 0; e < stream.size(); e++) {
            int bundle = stream.bundle(e);
            ShopperEvent event = EventMapper.toDomain(stream.event(e));
            if (!rankers.isEmpty() || !networks.isEmpty()) {
                examples.observe(
                        engine.shopper(event.shopperKey()).behavior(),
                        event,
                        asking,
                        example -> learn(example, bundle));
            }
            seen += bundle >= 0 ? 1 : 0;
            engine.learn(event);
            progress.update(e, total);
            YoushuRanking.interruptible();
        }
        engine.publish();
        SeedResult result = ranking.rank(
                methods,
                scorers(),
                shopper -> engine.shopper(shopper).behavior(),
                YoushuStream.time(stream.size() - 1),
                seed,
                (users, all) -> progress.update(stream.size() + 2L * users, total));
        result.fact("events", Integer.toString(stream.size()));
        result.fact("replays an event", String.format(Locale.ROOT, "%.2f", engine.replays() / (double) stream.size()));
        if (rankers.containsKey(YoushuMethods.KOMBO)) {
            result.learning(YoushuMethods.KOMBO, YoushuRanking.RECALL + " of the next bundle", curve);
        }
        return result;
    }

    private Map<String, YoushuRanking.Model> scorers() {
        Map<String, YoushuRanking.Model> scorers = new LinkedHashMap<>();
        rankers.forEach((method, ranker) -> scorers.put(
                method,
                (behavior, scored, time) -> ranker.rerank(
                        scored.rows(), context(behavior, time), ranker.firstStage(scored.rows(), scored.size()))));
        networks.forEach((method, network) -> scorers.put(method, ranking.model(network.ranker())));
        TwoStageRanker kombo = rankers.get(YoushuMethods.KOMBO);
        if (kombo != null) {
            scorers.put(YoushuMethods.LINEAR, (behavior, scored, time) -> kombo.linear(scored.rows(), scored.size()));
        }
        return scorers;
    }

    private static float[] context(Behavior behavior, long time) {
        return ShopperContext.of(YoushuRanking.request(behavior, time));
    }

    /** Test, then learn: the bundle was ranked before anybody has heard of it, and only then are the rankers told. */
    private void learn(RankerExample example, int bundle) {
        TwoStageRanker kombo = rankers.get(YoushuMethods.KOMBO);
        if (kombo != null && bundle >= 0) {
            ScoredCandidates scored = ranking.ranker().candidates();
            double[] scores =
                    kombo.rerank(scored.rows(), example.context(), kombo.firstStage(scored.rows(), scored.size()));
            curve.add(seen, rankOf(scored.indexOf(ranking.hash(bundle)), scores) < YoushuRanking.TOP ? 1 : 0);
        }
        networks.values().forEach(network -> network.learn(example));
        for (TwoStageRanker ranker : rankers.values()) {
            ranker.learn(example.signals(), example.context(), example.weight());
        }
    }

    private static int rankOf(int candidate, double[] scores) {
        int better = 0;
        for (double score : scores) {
            better += score > scores[candidate] ? 1 : 0;
        }
        return better;
    }
}
