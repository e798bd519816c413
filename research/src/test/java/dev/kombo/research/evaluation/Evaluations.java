package dev.kombo.research.evaluation;

import dev.kombo.research.evaluation.Evaluation.Subject;
import java.util.List;
import java.util.Map;

/** Results of a made-up evaluation. */
public final class Evaluations {
    static final String NOTE = "settings were chosen on this part: its figures are not evidence.";

    private Evaluations() {}

    /** Two methods, metrics in two groups. */
    public static SeedResult result(long seed) {
        return new SeedResult()
                .metric("kombo", "recall@20", 0.27 + seed / 100.0)
                .metric("kombo", "ndcg@20", 0.16)
                .metric("popularity", "recall@20", 0.2)
                .metric("popularity", "ndcg@20", 0.11)
                .metric("kombo", "offers.auc", 0.86)
                .gain("popularity", "recall@20", 0.07 + seed / 100.0, 0.01)
                .fact("users ranked", "2,341")
                .fact("events", Long.toString(1000 * seed));
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
