package dev.kombo.lab.quality.youshu;

import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.engine.EnginePace;
import dev.kombo.lab.quality.engine.TwoStageRanker;
import dev.kombo.lab.quality.protocol.Progress;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.protocol.ServiceTrial;
import dev.kombo.ranking.RankingSettings;
import dev.kombo.schema.BehaviorEvent;
import dev.kombo.schema.Bundle;
import java.util.List;
import java.util.Map;

/** Youshu on a running service. */
final class YoushuTrial implements ServiceTrial {
    private final YoushuData data;
    private final RankingSettings ranking;
    private final List<String> methods;
    private final double share;

    /**
     * A trial.
     *
     * @param share of the stream that is learned from, from its head on, in (0, 1]
     */
    YoushuTrial(YoushuData data, RankingSettings ranking, List<String> methods, double share) {
        this.data = data;
        this.ranking = ranking;
        this.methods = methods;
        this.share = share;
    }

    @Override
    public List<Bundle> catalog() {
        return YoushuStream.bundles(data);
    }

    @Override
    public Events events(long seed) {
        YoushuStream stream = new YoushuStream(data, seed, share);
        return new Events() {
            @Override
            public int size() {
                return stream.size();
            }

            @Override
            public BehaviorEvent event(int position) {
                return stream.event(position);
            }
        };
    }

    @Override
    public EnginePace pace() {
        return YoushuRun.PACE;
    }

    @Override
    public List<String> notes() {
        return methods.contains(YoushuMethods.KOMBO)
                ? List.of(
                        "kombo ranks with the network that the service trained, and as slates are ranked: the deep part"
                                + " sees the best "
                                + ranking.rerank()
                                + " bundles, in process the best "
                                + TwoStageRanker.RERANKED + ".")
                : List.of();
    }

    @Override
    public SeedResult judge(Learned learned, long seed, Progress progress) throws InterruptedException {
        YoushuStream stream = new YoushuStream(data, seed, share);
        long time = YoushuStream.time(stream.size() - 1);
        YoushuRanking judge = new YoushuRanking(data, learned.index(), ranking);
        YoushuRanking.Model kombo = judge.model(learned.ranker());
        return judge.rank(methods, Map.of(YoushuMethods.KOMBO, kombo), learned.shoppers(), time, seed, progress);
    }
}
