package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.Engine;
import dev.kombo.engine.EngineSettings;
import dev.kombo.engine.shopper.RankerExamples;
import dev.kombo.engine.shopper.TrainingSettings;
import dev.kombo.engine.shopper.UserBalance;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.SeededSettings;
import dev.kombo.lab.quality.ranking.Ablations;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.slate.RankingSettings;
import dev.kombo.ranking.slate.SlateRanker;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluates on Youshu by the protocol of the published figures: all bundles are ranked with the user's train pairs
 * masked; Recall@20 and NDCG@20 (ideal DCG truncated at 20) are means over the users with at least one pair to predict.
 */
public final class YoushuProtocol implements Protocol {
    /**
     * Default settings of the protocol. Recall and NDCG are means over users, so the ranker learns equally from each
     * user; all bundles are ranked, so all are candidates; the stream is short, so the ranker learns from each choice.
     */
    private static final Map<String, String> OWN = new TreeMap<>(Map.of(
            UserBalance.USER_BALANCE.name(), "1",
            RankingSettings.CANDIDATES.name(), "5000",
            TrainingSettings.SAMPLING_RATE.name(), "1",
            TrainingSettings.NEGATIVES.name(), "19",
            TrainingSettings.RATE.name(), "100000",
            TrainingSettings.PUBLISH_INTERVAL.name(), "1000"));

    /**
     * The engine without a signal or a group of signals, of those that can differ among bundles here: this data has no
     * prices, categories, carts or offers.
     */
    static final Map<String, Set<Signal>> ABLATIONS = ablated(List.of(
            Signal.DOT,
            Signal.COSINE,
            Signal.MEMBER_COSINE,
            Signal.PURCHASE_COSINE,
            Signal.CONTENT,
            Signal.NEIGHBORS,
            Signal.POPULARITY_LONG,
            Signal.OWN_POPULARITY,
            Signal.POPULARITY_SHORT,
            Signal.MEMBER_OVERLAP,
            Signal.OWN_REPEAT,
            Signal.OWN_COUNT,
            Signal.OWN_RECENCY,
            Signal.SIZE));

    private static Map<String, Set<Signal>> ablated(List<Signal> signals) {
        Map<String, Set<Signal>> all = Ablations.single(signals);
        Ablations.groups().forEach((method, hidden) -> {
            if (hidden.stream().filter(signals::contains).count() > 1) {
                all.put(method, hidden);
            }
        });
        return all;
    }

    @Override
    public String dataset() {
        return YoushuData.NAME;
    }

    @Override
    public List<String> methods() {
        return List.of(
                "popularity",
                "overlap",
                "content",
                "factors",
                YoushuJudge.PRIOR,
                Networks.LINEAR,
                Networks.CONVOLUTION,
                Networks.RECURRENT,
                Networks.KOMBO);
    }

    @Override
    public List<String> ablations() {
        return List.copyOf(ABLATIONS.keySet());
    }

    @Override
    public Run open(EvaluationOptions options) throws IOException {
        YoushuData data = YoushuData.read(options.dir(), options.part(), options.testFile());
        KomboConfig.of(settings(options.settings()));
        return (seed, progress) -> new YoushuRun(
                        data, engine(options.settings(), seed), options.methods(), seed, options.share())
                .run(progress)
                .fact("settings of the protocol, unless given", OWN.toString());
    }

    @Override
    public Map<String, String> settings(Map<String, String> given) {
        Map<String, String> settings = new HashMap<>(OWN);
        settings.putAll(given);
        return settings;
    }

    /** The engine's initial factors and random draws follow the seed as well. */
    private EngineSettings engine(Map<String, String> given, long seed) {
        return new EngineSettings(KomboConfig.of(SeededSettings.of(settings(given), seed)));
    }

    @Override
    public boolean hasTestPart() {
        return true;
    }

    @Override
    public boolean takesShare() {
        return true;
    }

    /**
     * One pass over Youshu with one seed: all train pairs of items and bundles in one random order, from which the networks
     * learn as the service's trainer does; then all bundles are ranked for every user with pairs to predict.
     */
    private static final class YoushuRun {
        static final int PACE = 500;

        private final YoushuStream stream;
        private final InProcessEngine engine;
        private final RankerExamples examples;
        private final Networks networks;
        private final Ranker asking;
        private final YoushuJudge judge;

        /**
         * @param share share of the stream to learn from, from its beginning, in (0, 1]
         */
        YoushuRun(YoushuData data, EngineSettings settings, List<String> methods, long seed, double share) {
            this.stream = new YoushuStream(data, seed, share);
            WritableCatalogIndex index = new WritableCatalogIndex(settings.index());
            YoushuStream.bundles(data).forEach(index::putBundle);
            this.engine = new InProcessEngine(settings, PACE, List.of(index));
            this.examples =
                    Engine.rankerExamples(settings.training(), index, new SlateRanker(index, settings.ranking()));
            this.networks = new Networks(methods, YoushuProtocol.ABLATIONS, settings, seed);
            // A ranker that uses sequences makes examples contain them.
            this.asking = networks.sequential()
                    ? Ranker.prior(NetworkShape.Kind.RECURRENT, seed)
                    : Ranker.linear(Signal.priorWeights());
            this.judge = new YoushuJudge(data, index, settings.ranking(), methods, networks, seed);
        }

        /** Learns from the stream, then ranks. */
        SeedResult run(Progress progress) throws InterruptedException {
            long total = 3L * stream.size();
            for (int e = 0; e < stream.size(); e++) {
                YoushuJudge.interruptible();
                ShopperEvent event = stream.event(e);
                if (!networks.byMethod().isEmpty()) {
                    examples.observe(engine.shopper(event.shopperKey()).behavior(), event, asking, networks::learn);
                }
                engine.learn(event);
                progress.update(e, total);
            }
            engine.publish();
            SeedResult result = judge.judge(
                    shopper -> engine.shopper(shopper).behavior(),
                    YoushuStream.time(stream.size() - 1),
                    (users, all) -> progress.update(stream.size() + 2L * stream.size() * users / all, total));
            return result.fact("events", Integer.toString(stream.size()))
                    .fact("sweeps", Integer.toString(engine.generation()));
        }
    }
}
