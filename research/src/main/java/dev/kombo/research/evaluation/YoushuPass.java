package dev.kombo.research.evaluation;

import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.config.KomboConfig;
import dev.kombo.engine.event.RankerExamples;
import dev.kombo.engine.event.TrainingSettings;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.ranking.RuleSettings;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.ranking.slate.SlateRanker;
import dev.kombo.research.data.YoushuData;
import dev.kombo.research.engine.InProcessEngine;
import dev.kombo.research.evaluation.RankingTask.Baseline;
import dev.kombo.shop.Progress;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.stream.Collectors;

/**
 * Evaluates the ranking of bundles on the data set Youshu, as the papers on bundle recommendation do. All bundles are
 * ranked with the user's train pairs masked; Recall@20 and NDCG@20 (ideal DCG truncated at 20) are means over the users
 * with at least one pair to predict.
 *
 * <p>A pass takes all train pairs of items and bundles in one random order, from which the networks learn as the
 * service's trainer does; then it ranks all bundles for every user with pairs to predict. Not thread-safe.
 */
public final class YoushuPass extends Pass {
    private static final String PRIOR = "prior";

    /**
     * Default settings of the protocol. All bundles are ranked, so all are candidates, whether their items are bought
     * again or not; the stream is short, so the ranker learns from each choice.
     */
    private static final Map<String, String> OWN = new TreeMap<>(Map.of(
            RankingSettings.CANDIDATES.name(), "5000",
            RuleSettings.REPURCHASE_MIN.name(), "0",
            TrainingSettings.SAMPLING_RATE.name(), "1",
            TrainingSettings.NEGATIVES.name(), "19",
            TrainingSettings.RATE.name(), "100000"));

    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            YoushuData.NAME,
            List.of(
                    "popularity",
                    "overlap",
                    "content",
                    "neighbors",
                    "factors",
                    PRIOR,
                    Networks.LINEAR,
                    Networks.CONVOLUTION,
                    Networks.RECURRENT,
                    Networks.KOMBO),
            "recall@20",
            List.of("popularity", "overlap", "neighbors"),
            "Youshu's tune part",
            Set.of(Protocol.Takes.SHARE),
            YoushuPass::open);

    /** Recall and NDCG are means over users, so the ranker learns equally from each user. */
    private static final UserBalance USER_BALANCE = new UserBalance(1);

    private static final int TOP = 20;

    /** Pairs learned from between two publications of the items and bundles that changed. */
    private static final int EVENTS_PER_PUBLICATION = 500;

    private static final Map<String, Baseline> BASELINES = Map.of(
            "popularity", Baseline.of(Signal.POPULARITY_LONG),
            "overlap", Baseline.of(Signal.MEMBER_OVERLAP),
            "content", Baseline.of(Signal.CONTENT),
            "neighbors", Baseline.of(Signal.NEIGHBORS),
            "factors", Baseline.of(Signal.DOT));

    private final YoushuData data;
    private final YoushuStream stream;
    private final InProcessEngine engine;
    private final RankerExamples examples;
    private final Networks networks;
    private final Rankers asking;
    private final RankingTask task;
    private int ranked;
    private int cold;

    YoushuPass(YoushuData data, EvaluationOptions options, long seed) {
        super(options, OWN, seed);
        this.data = data;
        this.stream = new YoushuStream(data, seed, options.share());
        WritableCatalogIndex index = new WritableCatalogIndex(settings.index());
        YoushuStream.items(data).forEach(index::putItemLater);
        YoushuStream.bundles(data).forEach(index::putBundle);
        this.engine = new InProcessEngine(settings, EVENTS_PER_PUBLICATION, List.of(index));
        this.examples = new RankerExamples(
                index,
                new SlateRanker(index, settings.ranking()),
                settings.training(),
                settings.attribution().windowMillis());
        this.networks = networks();
        // A ranker that uses sequences makes examples contain them.
        this.asking = Rankers.prior(
                networks.sequential() ? NetworkShape.Architecture.RECURRENT : NetworkShape.Architecture.LINEAR, seed);
        this.task = new RankingTask(index, settings.ranking(), methods, BASELINES, networks, 0, TOP, seed);
        if (methods.contains(PRIOR)) {
            task.add(PRIOR, Ranker.linear(Signal.priorWeights()));
        }
    }

    private static Protocol.Run open(EvaluationOptions options) throws IOException {
        YoushuData data = YoushuData.read(options.dir(), options.part(), options.testFile());
        KomboConfig.of(options.settings(OWN));
        return (seed, progress) -> new YoushuPass(data, options, seed)
                .run(progress)
                .fact("settings of the protocol, unless given", OWN.toString());
    }

    /** The service asks by its trained rankers, which take part in the contest. */
    private Rankers asking() {
        Rankers contest = networks.contest();
        return contest == null ? asking : contest;
    }

    @Override
    public SeedResult run(Progress progress) throws InterruptedException {
        // Ranking counts for two events in the display of the progress.
        long total = stream.size() + 2L * stream.size();
        for (int e = 0; e < stream.size(); e++) {
            ShopperEvent event = stream.event(e);
            if (!networks.byMethod().isEmpty()) {
                Behavior behavior = engine.shopper(event.shopperKey()).behavior();
                float weight = USER_BALANCE.weight(behavior);
                examples.observe(behavior, event, asking(), example -> networks.learn(example.weighing(weight)));
            }
            engine.learn(event);
            progress.step(e, total);
        }
        engine.entities().publish();
        rank((users, all) -> progress.update(stream.size() + 2L * stream.size() * users / all, total));
        return result(data.leftOut())
                .fact("users ranked", ranked)
                .fact("of them with cold bundles", cold)
                .fact("events", stream.size())
                .fact("sweeps", engine.entities().generation());
    }

    private void rank(Progress progress) throws InterruptedException {
        int[][] relevant = data.ranked().byFirst(data.users());
        int[][] known = data.train().byFirst(data.users());
        Set<String> trained = ids(data.train().second());
        for (int user = 0; user < data.users(); user++) {
            progress.step(user, data.users());
            Set<String> masked = ids(known[user]);
            Set<String> taken = ids(relevant[user]);
            // Masked bundles cannot be found, so they do not count as relevant.
            taken.removeAll(masked);
            if (!taken.isEmpty()) {
                ranked++;
                ask(user, masked, taken, "");
                // Among the bundles that nobody has interacted with.
                taken.removeAll(trained);
                if (!taken.isEmpty()) {
                    cold++;
                    ask(user, trained, taken, "cold bundles.");
                }
                means.next(Integer.toString(user));
            }
        }
    }

    private void ask(int user, Set<String> masked, Set<String> wanted, String group) {
        RankingTask.Question question = new RankingTask.Question(
                "",
                engine.shopper(ShopperKey.ofUser(YoushuStream.user(user))).behavior(),
                YoushuStream.time(stream.size() - 1),
                masked,
                entry -> wanted.contains(entry.bundle().id()),
                0,
                0);
        task.ask(question, (method, list, hits, count) -> {
            means.add(method, group + "recall@20", RankingMetrics.recall(hits, count, TOP));
            means.add(method, group + "ndcg@20", RankingMetrics.ndcg(hits, count, TOP));
        });
    }

    private static Set<String> ids(int[] bundles) {
        return Arrays.stream(bundles).mapToObj(YoushuStream::bundleId).collect(Collectors.toSet());
    }
}
