package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;

class BinaryMetricsPropertyTest {
    @Property(tries = 100, seed = "32")
    void shouldEqualTheCountOverAllPairsWhenAucIsTaken(
            @ForAll long seed, @ForAll @IntRange(min = 2, max = 60) int cases) {
        Random random = new Random(seed);
        double[] scores = random.ints(cases, 0, 10).asDoubleStream().toArray();
        boolean[] labels = new boolean[cases];
        labels[0] = true;
        for (int i = 2; i < cases; i++) {
            labels[i] = random.nextBoolean();
        }
        double won = 0;
        int pairs = 0;
        for (int i = 0; i < cases; i++) {
            for (int j = 0; j < cases; j++) {
                if (labels[i] && !labels[j]) {
                    pairs++;
                    won += scores[i] > scores[j] ? 1 : scores[i] == scores[j] ? 0.5 : 0;
                }
            }
        }

        assertThat(BinaryMetrics.auc(scores, labels)).isCloseTo(won / pairs, within(1e-12));
    }
}
