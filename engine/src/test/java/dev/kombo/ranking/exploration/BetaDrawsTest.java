package dev.kombo.ranking.exploration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BetaDrawsTest {
    private static final int DRAWS = 100_000;

    /** Means a / (a + b) and variances a b / ((a + b)² (a + b + 1)), within four standard errors. */
    @ParameterizedTest
    @CsvSource({"2, 5", "0.3, 4", "1, 1", "1.5, 98.5", "0.05, 0.9", "40, 960"})
    void shouldHaveTheMeanAndVarianceOfItsDistribution(double successes, double failures) {
        BetaDraws draws = new BetaDraws(11, successes, failures);
        double sum = 0;
        double squares = 0;
        for (int d = 0; d < DRAWS; d++) {
            double value = 1 / (1 + Math.exp(-draws.logOdds()));
            sum += value;
            squares += value * value;
        }
        double total = successes + failures;
        double mean = successes / total;
        double variance = mean * (failures / total) / (total + 1);
        double standardError = Math.sqrt(variance / DRAWS);
        assertThat(sum / DRAWS).isCloseTo(mean, within(4 * standardError));
        assertThat(squares / DRAWS - Math.pow(sum / DRAWS, 2)).isCloseTo(variance, within(0.04 * variance));
    }

    @Test
    void shouldNotUnderflowWhenAParameterIsTiny() {
        BetaDraws draws = new BetaDraws(3, 1e-6, 100);
        for (int d = 0; d < 1000; d++) {
            assertThat(draws.logOdds()).isFinite().isNegative();
        }
    }

    @Test
    void shouldRepeatUnderTheSameSeedOnly() {
        assertThat(new BetaDraws(5, 2, 3).logOdds()).isEqualTo(new BetaDraws(5, 2, 3).logOdds());
        assertThat(new BetaDraws(5, 2, 3).logOdds()).isNotEqualTo(new BetaDraws(6, 2, 3).logOdds());
    }
}
