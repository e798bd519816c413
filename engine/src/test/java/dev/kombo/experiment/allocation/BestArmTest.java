package dev.kombo.experiment.allocation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.allocation.ShareAllocator.BestArm;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BestArmTest {
    /** For two arms the difference is normal: cumulative((m1 - m2) / sqrt(v1 + v2)). */
    @ParameterizedTest
    @CsvSource({"0, 1, 0, 1", "3, 4, 2, 9", "5000, 40, 4990, 0.5", "1, 0.0001, 1.5, 1", "10, 1, 0, 1"})
    void shouldBeWhatTheDifferenceOfTwoArmsSays(double m1, double v1, double m2, double v2) {
        double expected = NormalDistribution.of(0, 1).cumulativeProbability((m1 - m2) / Math.sqrt(v1 + v2));
        double[] best = BestArm.probabilities(new double[] {m1, m2}, new double[] {v1, v2});
        assertThat(best[0]).isCloseTo(expected, within(1e-9));
        assertThat(best[1]).isCloseTo(1 - expected, within(1e-9));
    }

    /** For three independent normal values of equal mean with variances 1, 1, 4: by the angles of orthants. */
    @Test
    void shouldBeWhatTheOrthantSaysOfThreeArms() {
        double[] best = BestArm.probabilities(new double[3], new double[] {1, 1, 4});
        // P(third best) = P(c - a > 0, c - b > 0), correlation 4 / 5: 1/4 + asin(4/5) / (2 pi).
        double third = 0.25 + Math.asin(0.8) / (2 * Math.PI);
        assertThat(best[2]).isCloseTo(third, within(1e-9));
        assertThat(best[0]).isCloseTo((1 - third) / 2, within(1e-9));
        assertThat(best[1]).isCloseTo((1 - third) / 2, within(1e-9));
    }

    @Test
    void shouldSpreadEvenlyWhereNothingIsKnown() {
        assertThat(BestArm.probabilities(new double[4], new double[4]))
                .containsExactly(new double[] {.25, .25, .25, .25}, within(1e-12));
    }

    @Property(tries = 200, seed = "51")
    void shouldSumToOneAndGrowWithTheMean(@ForAll Random random) {
        int arms = 2 + random.nextInt(5);
        double[] means = new double[arms];
        double[] variances = new double[arms];
        for (int k = 0; k < arms; k++) {
            means[k] = 20 * random.nextGaussian();
            variances[k] = Math.exp(random.nextGaussian());
        }
        int better = random.nextInt(arms);
        double[] before = BestArm.probabilities(means, variances);
        means[better] += 20 * random.nextDouble();
        double[] after = BestArm.probabilities(means, variances);
        double sum = 0;
        for (double probability : after) {
            assertThat(probability).isBetween(0.0, 1.0);
            sum += probability;
        }
        assertThat(sum).isCloseTo(1, within(1e-12));
        assertThat(after[better]).isGreaterThanOrEqualTo(before[better] - 1e-12);
    }
}
