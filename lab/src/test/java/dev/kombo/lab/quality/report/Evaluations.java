package dev.kombo.lab.quality.report;

import dev.kombo.lab.quality.metrics.ReliabilityCurve;
import dev.kombo.lab.quality.protocol.SeedResult;
import dev.kombo.lab.quality.report.Evaluation.Subject;
import java.util.List;
import java.util.Map;
import java.util.Random;

/** Results of a made-up evaluation. */
public final class Evaluations {
    static final String NOTE = "settings were chosen on this part: its figures are not evidence.";

    private Evaluations() {}

    /** Two methods, metrics in two groups, curves of both kinds. */
    public static SeedResult result(long seed) {
        Random random = new Random(seed);
        SeedResult result = new SeedResult()
                .metric("kombo", "recall@20", 0.27 + seed / 100.0)
                .metric("kombo", "ndcg@20", 0.16)
                .metric("popularity", "recall@20", 0.2)
                .metric("popularity", "ndcg@20", 0.11)
                .metric("kombo", "offers.auc", 0.86)
                .gain("popularity", "recall@20", 0.07 + seed / 100.0, 0.01)
                .fact("users ranked", "2,341")
                .fact("events", Long.toString(1000 * seed));
        for (String method : List.of("popularity", "kombo")) {
            boolean learns = method.equals("kombo");
            ReliabilityCurve reliability = new ReliabilityCurve();
            for (int i = 0; i < 5_000; i++) {
                double probability = Math.pow(random.nextDouble(), 2);
                double truth = learns ? probability : probability * probability;
                reliability.add(probability, random.nextDouble() < truth);
            }
            result.reliability(method, reliability);
        }
        return result;
    }

    static Evaluation ofSeeds(Long... seeds) {
        Subject subject = new Subject(
                "youshu",
                "tune",
                List.of(seeds),
                Map.of("kombo.learning.factors", "32"),
                "./kombo evaluate --dataset youshu --dir DIR --part tune --seeds " + seeds.length);
        return Evaluation.of(
                subject, List.of(seeds).stream().map(Evaluations::result).toList(), List.of(NOTE));
    }
}
