package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import dev.kombo.research.evaluation.Evaluation.Subject;
import dev.kombo.shop.JsonFile;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EvaluationTest {
    @TempDir
    private Path folder;

    @Test
    void shouldJoinTheSeeds() {
        Evaluation evaluation = Evaluations.ofSeeds(1L, 3L);

        assertThat(evaluation.methods().keySet()).containsExactly("kombo", "popularity");
        Spread recall = evaluation.methods().get("kombo").get("recall@20");
        assertThat(recall.mean()).isCloseTo(0.29, within(1e-12));
        assertThat(recall.sd()).isCloseTo(0.02 / Math.sqrt(2), within(1e-12));
        assertThat(evaluation.facts()).isEqualTo(Map.of("users ranked", "2,341", "events", "1000 / 3000"));
    }

    @Test
    void shouldRefuseSeedsWhoseResultsDiffer() {
        Subject subject = new Subject("youshu", "tune", List.of(1L, 2L), Map.of(), "");
        SeedResult one = new SeedResult().metric("kombo", "recall@20", 0.1);
        SeedResult other = new SeedResult().metric("kombo", "ndcg@20", 0.1);

        assertThatThrownBy(() -> Evaluation.of(subject, List.of(one, other), List.of()))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("[recall@20] of one, [ndcg@20] of another");
        assertThatThrownBy(() -> Evaluation.of(subject, List.of(one), List.of()))
                .hasMessageContaining("1 results of 2 seeds");
    }

    @Test
    void shouldShowATableOfEachGroup() {
        String text = EvaluationText.of(Evaluations.ofSeeds(1L, 3L));

        assertThat(text.lines().map(String::stripTrailing))
                .containsExactly(
                        "method      recall@20        ndcg@20",
                        "----------  ---------------  ---------------",
                        "kombo       0.2900 ± 0.0141  0.1600 ± 0.0000",
                        "popularity  0.2000 ± 0.0000  0.1100 ± 0.0000",
                        "",
                        "offers  auc",
                        "------  ---------------",
                        "kombo   0.8600 ± 0.0000",
                        "",
                        "kombo ahead of  recall@20",
                        "--------------  ----------------",
                        "popularity      +0.0900 ± 0.0100",
                        "",
                        "Data set youshu, part tune, seeds [1, 3]: mean ± sample standard deviation."
                                + " Ahead of: mean difference on the same questions ± its standard error.",
                        "users ranked: 2,341",
                        "events: 1000 / 3000",
                        "Note: " + Evaluations.NOTE);
        assertThat(EvaluationText.of(Evaluations.ofSeeds(3L)))
                .contains("kombo          0.3000   0.1600")
                .contains("Data set youshu, part tune, seed 3.");
    }

    @Test
    void shouldWriteTheSummaryThatMachinesExpect() throws IOException {
        Path file = folder.resolve("summary.json");
        JsonFile.write(file, Evaluations.ofSeeds(1L, 3L));

        JsonNode summary = new ObjectMapper().readTree(file.toFile());
        assertThat(summary.path("dataset").asText()).isEqualTo("youshu");
        assertThat(summary.path("part").asText()).isEqualTo("tune");
        assertThat(summary.path("seeds").toString()).isEqualTo("[1,3]");
        assertThat(summary.path("methods").fieldNames()).toIterable().containsExactly("kombo", "popularity");
        JsonNode recall = summary.path("methods").path("kombo").path("recall@20");
        assertThat(recall.path("mean").asDouble()).isCloseTo(0.29, within(1e-12));
        assertThat(recall.path("sd").asDouble()).isCloseTo(0.0141421356, within(1e-9));
        assertThat(recall.path("values").size()).isEqualTo(2);
        assertThat(summary.at("/gains/popularity/recall@20/mean").asDouble()).isCloseTo(0.09, within(1e-12));
        assertThat(summary.at("/gains/popularity/recall@20/standardError").asDouble())
                .isCloseTo(0.01, within(1e-12));
        assertThat(summary.path("settings").path("kombo.learning.factors").asText())
                .isEqualTo("32");
        assertThat(summary.path("notes").path(0).asText()).isEqualTo(Evaluations.NOTE);
    }
}
