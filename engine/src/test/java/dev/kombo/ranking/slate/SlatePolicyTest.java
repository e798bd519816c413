package dev.kombo.ranking.slate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.catalog.StableHash;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class SlatePolicyTest {
    private final SlatePolicy policy = new SlatePolicy();

    /** Index of a ranking of three among the six. */
    private static int permutation(int[] ranking) {
        return ranking[0] * 2 + (ranking[1] > ranking[2] ? 1 : 0);
    }

    private static double probability(double[] values, int[] ranking, double temperature) {
        double probability = 1;
        for (int position = 0; position < ranking.length; position++) {
            double rest = 0;
            for (int later = position; later < ranking.length; later++) {
                rest += Math.exp(values[ranking[later]] / temperature);
            }
            probability *= Math.exp(values[ranking[position]] / temperature) / rest;
        }
        return probability;
    }

    @Test
    void shouldChooseTheBestWithCertaintyWhenTheTemperatureIsZero() {
        double[] values = {1, 3, 3, 2};
        boolean[] taken = new boolean[4];
        assertThat(policy.choose(values, taken, 4, 0, 0.99)).isEqualTo(1);
        assertThat(policy.propensity()).isEqualTo(1);
        taken[1] = true;
        assertThat(policy.choose(values, taken, 4, 0, 0.99)).isEqualTo(2);
        taken[2] = true;
        assertThat(policy.choose(values, taken, 4, 0, 0.99)).isEqualTo(3);
    }

    @Test
    void shouldDrawRankingsWithPlackettLuceProbabilities() {
        double[] values = {0.2, 1.0, -0.5};
        double temperature = 0.7;
        int draws = 60_000;
        int[] counts = new int[6];
        double[] logged = new double[6];
        for (int event = 0; event < draws; event++) {
            long seed = StableHash.mix(event);
            boolean[] taken = new boolean[3];
            int[] ranking = new int[3];
            double propensity = 1;
            for (int position = 0; position < 3; position++) {
                double draw = SlatePolicy.draw(seed, position + 1);
                ranking[position] = policy.choose(values, taken, 3, temperature, draw);
                taken[ranking[position]] = true;
                propensity *= policy.propensity();
            }
            counts[permutation(ranking)]++;
            logged[permutation(ranking)] = propensity;
            assertThat(propensity).isCloseTo(probability(values, ranking, temperature), within(1e-12));
        }

        assertThat(Arrays.stream(logged).sum()).isCloseTo(1, within(1e-12));
        double chiSquare = 0;
        for (int p = 0; p < 6; p++) {
            double expected = draws * logged[p];
            chiSquare += (counts[p] - expected) * (counts[p] - expected) / expected;
        }
        // 99.9 % quantile of chi-square with 5 degrees of freedom.
        assertThat(chiSquare).isLessThan(20.5);
    }

    @Test
    void shouldNeitherOverflowNorChooseWhatIsTakenWhenValuesAreExtreme() {
        double[] values = {1e6, -1e6, 0};
        boolean[] taken = {true, false, false};
        assertThat(policy.choose(values, taken, 3, 1e-3, 0.999999)).isEqualTo(2);
        assertThat(policy.propensity()).isEqualTo(1);
    }

    @Test
    void shouldDrawMoreEvenlyWhenTheTemperatureIsHigher() {
        double[] values = {0, 1};
        boolean[] taken = new boolean[2];
        policy.choose(values, taken, 2, 0.1, 0.9);
        double cold = policy.propensity();
        policy.choose(values, taken, 2, 100, 0.9);
        assertThat(policy.propensity()).isLessThan(cold).isCloseTo(0.5, within(0.01));
    }
}
