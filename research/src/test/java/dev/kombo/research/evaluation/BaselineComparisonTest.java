package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;

import dev.kombo.research.evaluation.Evaluation.Subject;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class BaselineComparisonTest {
    private static Evaluation evaluation(double overlap, double lead, double error) {
        SeedResult result = new SeedResult();
        Map.of("popularity", 0.1, "overlap", overlap, "linear", 0.3, "kombo", overlap + lead)
                .forEach((method, value) -> result.metric(method, "ndcg", value));
        result.gain("popularity", "ndcg", overlap + lead - 0.1, error);
        result.gain("overlap", "ndcg", lead, error).gain("linear", "ndcg", 0.001, 0.002);
        Subject subject = new Subject("any", "tune", List.of(1L), Map.of(), "");
        return Evaluation.of(subject, List.of(result), List.of());
    }

    @Test
    void shouldCompareWithTheBestRuleOfThumb() {
        List<String> simple = List.of("popularity", "overlap");
        List<BaselineComparison> rows = List.of(
                new BaselineComparison("one", "ndcg", simple, evaluation(0.25, -0.05, 0.01)),
                new BaselineComparison("two", "ndcg", simple, evaluation(0.05, 0.2, 0.01)),
                new BaselineComparison("three", "ndcg", simple, evaluation(0.2, 0.01, 0.01)));

        assertThat(BaselineComparison.text(rows).lines().map(line -> line.replaceAll("  +", "|")))
                .contains(
                        "one|ndcg|0.1000|0.2500|overlap|0.3000|0.2000|-0.0500 ± 0.0100|+0.0010 ± 0.0020",
                        "two|ndcg|0.1000|0.1000|popularity|0.3000|0.2500|+0.1500 ± 0.0100|+0.0010 ± 0.0020",
                        "three|ndcg|0.1000|0.2000|overlap|0.3000|0.2100|+0.0100 ± 0.0100|+0.0010 ± 0.0020",
                        "By more than two errors, of 3: kombo behind the best simple method on 1, ahead on 1;"
                                + " behind linear on 0, ahead on 0.");
    }
}
