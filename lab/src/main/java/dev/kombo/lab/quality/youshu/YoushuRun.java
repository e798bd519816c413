package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.engine.RankerExamples;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.metrics.LearningCurve;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.lab.quality.ranking.Question;
import dev.kombo.lab.quality.ranking.RankingTask;
import dev.kombo.learning.network.NetworkKind;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.serde.CatalogMapper;
import dev.kombo.serde.EventMapper;
import dev.kombo.topology.common.EngineSettings;
import dev.kombo.topology.user.EventFlows;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * One pass over Youshu with one seed: all train pairs of items and bundles in one random order, from which the networks
 * learn as the service's trainer does; then all bundles are ranked for every user with pairs to predict.
 */
final class YoushuRun {
    static final int PACE = 500;

    private static final int CURVE_INTERVALS = 20;
    private static final int BUNDLES_A_POINT = 16;

    private final YoushuStream stream;
    private final List<String> methods;
    private final InProcessEngine engine;
    private final RankerExamples examples;
    private final Networks networks;
    private final Ranker asking;
    private final YoushuJudge judge;
    private final RankingTask next;
    private final SgdFactors sgd;
    private final LearningCurve curve;
    private final Map<String, Set<String>> taken = new HashMap<>();
    private int bundles;

    /**
     * @param share share of the stream to learn from, from its beginning, in (0, 1]
     */
    YoushuRun(YoushuData data, EngineSettings settings, List<String> methods, long seed, double share) {
        this.stream = new YoushuStream(data, seed, share);
        this.methods = methods;
        CatalogIndex index = new CatalogIndex(settings.index());
        YoushuStream.bundles(data).forEach(bundle -> index.putBundle(CatalogMapper.toDomain(bundle)));
        this.engine = new InProcessEngine(settings, PACE, List.of(index));
        this.examples = EventFlows.examples(settings, index, new SlateRanker(index, settings.ranking()));
        this.networks = new Networks(methods, YoushuProtocol.ABLATIONS, settings, seed);
        // A ranker that uses sequences makes examples contain them.
        this.asking = networks.sequential()
                ? Ranker.prior(NetworkKind.RECURRENT, seed)
                : Ranker.linear(Signal.priorWeights());
        this.sgd = new SgdFactors(seed);
        this.judge = new YoushuJudge(data, index, settings.ranking(), methods, networks, seed).with(sgd);
        this.next = new RankingTask(
                index, settings.ranking(), List.of(), Map.of(), Networks.NONE, 0, YoushuJudge.TOP, seed);
        this.curve = new LearningCurve(Math.max(1, data.train().size()), CURVE_INTERVALS);
        if (methods.contains(Networks.KOMBO)) {
            next.add(Networks.KOMBO, networks.byMethod().get(Networks.KOMBO)::ranker);
        }
    }

    /** Learns from the stream, then ranks. */
    SeedResult run(Progress progress) throws InterruptedException {
        long total = 3L * stream.size();
        for (int e = 0; e < stream.size(); e++) {
            YoushuJudge.interruptible();
            ShopperEvent event = EventMapper.toDomain(stream.event(e));
            Behavior behavior = engine.shopper(event.shopperKey()).behavior();
            if (event.bundleId() != null) {
                foresee(event, behavior);
            }
            if (!networks.byMethod().isEmpty()) {
                examples.observe(behavior, event, asking, networks::learn);
            }
            engine.learn(event);
            if (methods.contains(YoushuJudge.SGD)) {
                boolean bundle = event.bundleId() != null;
                sgd.learn(event.userId(), bundle ? event.bundleId() : event.itemId(), bundle);
            }
            progress.update(e, total);
        }
        engine.publish();
        SeedResult result = judge.judge(
                shopper -> engine.shopper(shopper).behavior(),
                YoushuStream.time(stream.size() - 1),
                (users, all) -> progress.update(stream.size() + 2L * stream.size() * users / all, total));
        if (methods.contains(Networks.KOMBO)) {
            result.learning(Networks.KOMBO, YoushuJudge.RECALL + " of the next bundle", curve);
        }
        return result.fact("events", Integer.toString(stream.size()))
                .fact("sweeps", Integer.toString(engine.generation()));
    }

    /**
     * Evaluates whether the engine finds a bundle before anything learns from its purchase; bundles that the user
     * already took are masked.
     */
    private void foresee(ShopperEvent event, Behavior behavior) {
        Set<String> before = taken.computeIfAbsent(event.shopperKey(), none -> new HashSet<>());
        if (bundles % BUNDLES_A_POINT == 0 && methods.contains(Networks.KOMBO)) {
            Question question = Question.untaught(
                    behavior, event.time(), before, entry -> entry.bundle().id().equals(event.bundleId()));
            next.ask(
                    question,
                    (method, hits, relevant) -> curve.add(bundles, RankingMetrics.hit(hits, YoushuJudge.TOP)));
        }
        bundles++;
        before.add(event.bundleId());
    }
}
