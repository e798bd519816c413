package dev.kombo.lab.quality.youshu;

import dev.kombo.config.KomboConfig;
import dev.kombo.engine.shopper.TrainingSettings;
import dev.kombo.engine.shopper.UserBalance;
import dev.kombo.lab.quality.data.YoushuData;
import dev.kombo.lab.quality.protocol.EvaluationOptions;
import dev.kombo.lab.quality.protocol.Protocol;
import dev.kombo.lab.quality.ranking.Ablations;
import dev.kombo.lab.quality.ranking.Networks;
import dev.kombo.ranking.Signal;
import dev.kombo.ranking.rules.RuleSettings;
import dev.kombo.ranking.slate.RankingSettings;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Evaluates on Youshu by the protocol of the published figures: all bundles are ranked with the user's train pairs
 * masked; Recall@20 and NDCG@20 (ideal DCG truncated at 20) are means over the users with at least one pair to predict.
 */
public final class YoushuProtocol {
    /**
     * Default settings of the protocol. Recall and NDCG are means over users, so the ranker learns equally from each
     * user; all bundles are ranked, so all are candidates, whether their items are bought again or not; the stream is
     * short, so the ranker learns from each choice.
     */
    static final Map<String, String> OWN = new TreeMap<>(Map.of(
            UserBalance.USER_BALANCE.name(), "1",
            RankingSettings.CANDIDATES.name(), "5000",
            RuleSettings.REPURCHASE_MIN.name(), "0",
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

    /** The protocol. */
    public static final Protocol PROTOCOL = new Protocol(
            YoushuData.NAME,
            List.of(
                    "popularity",
                    "overlap",
                    "content",
                    "neighbors",
                    "factors",
                    YoushuPass.PRIOR,
                    Networks.LINEAR,
                    Networks.CONVOLUTION,
                    Networks.RECURRENT,
                    Networks.KOMBO),
            List.copyOf(ABLATIONS.keySet()),
            "recall@20",
            List.of("popularity", "overlap", "neighbors"),
            "Youshu's tune part",
            Set.of(Protocol.Takes.SHARE),
            YoushuProtocol::open);

    private YoushuProtocol() {}

    private static Protocol.Run open(EvaluationOptions options) throws IOException {
        YoushuData data = YoushuData.read(options.dir(), options.part(), options.testFile());
        KomboConfig.of(options.settings(OWN));
        return (seed, progress) -> new YoushuPass(data, options, seed)
                .run(progress)
                .fact("settings of the protocol, unless given", OWN.toString());
    }
}
