package dev.kombo.lab.quality.youshu;

import dev.kombo.catalog.index.CatalogIndex;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.metrics.RankingMetrics;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.ranking.Means;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.lab.quality.ranking.RankingTask;
import dev.kombo.lab.quality.ranking.RankingTask.Baseline;
import dev.kombo.lab.quality.ranking.RankingTask.Question;
import dev.kombo.profile.Behavior;
import dev.kombo.profile.ShopperKey;
import dev.kombo.ranking.Ranker;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.slate.RankingSettings;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Collectors;

/**
 * Evaluates rankings of all bundles for every user with pairs to predict, with the user's train pairs masked.
 * Not thread-safe.
 */
final class YoushuJudge {
    static final String RECALL = "recall@20";
    static final int TOP = 20;
    static final String PRIOR = "prior";

    private static final String COLD = "cold bundles.";

    static final Map<String, Baseline> BASELINES = Map.of(
            "popularity", Baseline.of(Signal.POPULARITY_LONG),
            "overlap", Baseline.of(Signal.MEMBER_OVERLAP),
            "content", Baseline.of(Signal.CONTENT),
            "factors", Baseline.of(Signal.DOT));

    private final YoushuData data;
    private final List<String> methods;
    private final RankingTask task;
    private final Set<String> trained;

    /** A judge for an index that contains all bundles. */
    YoushuJudge(
            YoushuData data,
            CatalogIndex index,
            RankingSettings settings,
            List<String> methods,
            Networks networks,
            long seed) {
        this.data = data;
        this.methods = methods;
        this.task = new RankingTask(index, settings, methods, BASELINES, networks, 0, TOP, seed);
        this.trained = Arrays.stream(data.train().second())
                .distinct()
                .mapToObj(YoushuStream::bundleId)
                .collect(Collectors.toSet());
        if (methods.contains(PRIOR)) {
            Ranker prior = Ranker.linear(Signal.priorWeights());
            task.add(PRIOR, () -> prior);
        }
    }

    /**
     * Evaluates all methods.
     *
     * @param shoppers returns a shopper's behaviour by key; never null
     * @param time time of the ranking, epoch milliseconds
     * @param progress receives the number of users done
     */
    SeedResult judge(Function<String, Behavior> shoppers, long time, Progress progress) throws InterruptedException {
        int[][] relevant = data.ranked().byFirst(data.users());
        int[][] known = data.train().byFirst(data.users());
        Means means = new Means();
        int ranked = 0;
        int cold = 0;
        for (int user = 0; user < data.users(); user++) {
            progress.update(user, data.users());
            interruptible();
            Set<String> masked = ids(known[user]);
            Set<String> taken = ids(relevant[user]);
            // Masked bundles cannot be found, so they do not count as relevant.
            taken.removeAll(masked);
            if (!taken.isEmpty()) {
                ranked++;
                Behavior behavior = shoppers.apply(ShopperKey.ofUser(YoushuStream.user(user)));
                ask(behavior, time, masked, taken, "", means);
                // Among the bundles that nobody has interacted with.
                taken.removeAll(trained);
                if (!taken.isEmpty()) {
                    cold++;
                    ask(behavior, time, trained, taken, COLD, means);
                }
                means.next();
            }
        }
        SeedResult result = new SeedResult()
                .leftOut(data.leftOut())
                .fact("users ranked", Integer.toString(ranked))
                .fact("of them with cold bundles", Integer.toString(cold));
        means.addTo(result, methods);
        return result;
    }

    private void ask(Behavior behavior, long time, Set<String> masked, Set<String> wanted, String group, Means means) {
        Question question = Question.untaught(
                behavior, time, masked, entry -> wanted.contains(entry.bundle().id()));
        task.ask(question, (method, hits, count) -> {
            means.add(method, group + RECALL, RankingMetrics.recall(hits, count, TOP));
            means.add(method, group + "ndcg@20", RankingMetrics.ndcg(hits, count, TOP));
        });
    }

    private static Set<String> ids(int[] bundles) {
        return Arrays.stream(bundles).mapToObj(YoushuStream::bundleId).collect(Collectors.toSet());
    }

    static void interruptible() throws InterruptedException {
        if (Thread.currentThread().isInterrupted()) {
            throw new InterruptedException();
        }
    }
}
