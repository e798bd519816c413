package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.index.WritableCatalogIndex;
import dev.kombo.engine.shopper.RankerExamples;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.engine.InProcessEngine;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.lab.quality.ranking.Pass;
import dev.kombo.lab.quality.ranking.RankingTask;
import dev.kombo.lab.quality.ranking.RankingTask.Baseline;
import dev.kombo.learning.network.NetworkShape;
import dev.kombo.profile.ShopperEvent;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.contest.Rankers;
import dev.kombo.ranking.slate.SlateRanker;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * One pass over Youshu: all train pairs of items and bundles in one random order, from which the networks learn as the
 * service's trainer does; then all bundles are ranked for every user with pairs to predict, with the user's train pairs
 * masked. Not thread-safe.
 */
final class YoushuPass extends Pass {
    static final String PRIOR = "prior";

    private static final int TOP = 20;
    private static final int PACE = 500;
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
        super(options, YoushuProtocol.ABLATIONS, YoushuProtocol.OWN, seed);
        this.data = data;
        this.stream = new YoushuStream(data, seed, options.share());
        WritableCatalogIndex index = new WritableCatalogIndex(settings.index());
        YoushuStream.items(data).forEach(index::putItemLater);
        YoushuStream.bundles(data).forEach(index::putBundle);
        this.engine = new InProcessEngine(settings, PACE, List.of(index));
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
            Ranker prior = Ranker.linear(Signal.priorWeights());
            task.add(PRIOR, prior);
        }
    }

    /** The service asks by its trained rankers, which take part in the contest. */
    private Rankers asking() {
        Rankers contest = networks.contest();
        return contest == null ? asking : contest;
    }

    @Override
    public SeedResult run(Progress progress) throws InterruptedException {
        long total = 3L * stream.size();
        for (int e = 0; e < stream.size(); e++) {
            ShopperEvent event = stream.event(e);
            if (!networks.byMethod().isEmpty()) {
                examples.observe(engine.shopper(event.shopperKey()).behavior(), event, asking(), networks::learn);
            }
            engine.learn(event);
            step(progress, e, total);
        }
        engine.publish();
        rank((users, all) -> progress.update(stream.size() + 2L * stream.size() * users / all, total));
        return result(data.leftOut())
                .fact("users ranked", ranked)
                .fact("of them with cold bundles", cold)
                .fact("events", stream.size())
                .fact("sweeps", engine.generation());
    }

    private void rank(Progress progress) throws InterruptedException {
        int[][] relevant = data.ranked().byFirst(data.users());
        int[][] known = data.train().byFirst(data.users());
        Set<String> trained = ids(data.train().second());
        for (int user = 0; user < data.users(); user++) {
            step(progress, user, data.users());
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
        RankingTask.Question question = RankingTask.Question.untaught(
                engine.shopper(ShopperKey.ofUser(YoushuStream.user(user))).behavior(),
                YoushuStream.time(stream.size() - 1),
                masked,
                entry -> wanted.contains(entry.bundle().id()));
        task.ask(question, (method, list, hits, count) -> {
            means.add(method, group + "recall@20", RankingMetrics.recall(hits, count, TOP));
            means.add(method, group + "ndcg@20", RankingMetrics.ndcg(hits, count, TOP));
        });
    }

    private static Set<String> ids(int[] bundles) {
        return Arrays.stream(bundles).mapToObj(YoushuStream::bundleId).collect(Collectors.toSet());
    }
}
