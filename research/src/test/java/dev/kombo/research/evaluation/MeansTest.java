package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.research.evaluation.EvaluationOptions.Questions;
import java.util.List;
import org.junit.jupiter.api.Test;

class MeansTest {
    /**
     * Differences .1, .2 and .3: mean .2, standard deviation .1, over the root of 3. The fourth question has no pair.
     */
    @Test
    void shouldCompareTheEngineWithEachMethodOnTheSameQuestions() {
        Means means = new Means(Questions.NONE, 1);
        double[] others = {0.5, 0.2, 0.1};
        double[] engine = {0.6, 0.4, 0.4};
        for (int i = 0; i < engine.length; i++) {
            means.add("popularity", "recall", others[i]);
            means.add(Networks.KOMBO, "recall", engine[i]);
            means.next("q");
        }
        means.add("popularity", "recall", 0);
        means.next("q");

        SeedResult result = new SeedResult();
        means.addTo(result, List.of(Networks.KOMBO, "popularity", "absent"));

        assertThat(result.metrics().keySet()).containsExactly(Networks.KOMBO, "popularity");
        assertThat(result.metrics().get("popularity").get("recall")).isCloseTo(0.2, within(1e-12));
        SeedResult.Gain gain = result.gains().get("popularity").get("recall");
        assertThat(gain.mean()).isCloseTo(0.2, within(1e-12));
        assertThat(gain.standardError()).isCloseTo(0.1 / Math.sqrt(3), within(1e-12));
        assertThat(result.gains()).containsOnlyKeys("popularity");
    }
}
