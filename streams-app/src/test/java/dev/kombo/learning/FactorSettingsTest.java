package dev.kombo.learning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class FactorSettingsTest {
    @ParameterizedTest
    @CsvSource({
        "factors, 0, .05, .05, .01, 2, 1, 10, 1, 1",
        "factors, 1025, .05, .05, .01, 2, 1, 10, 1, 1",
        "userRate, 64, 0, .05, .01, 2, 1, 10, 1, 1",
        "userRate, 64, NaN, .05, .01, 2, 1, 10, 1, 1",
        "itemRate, 64, .05, 1.5, .01, 2, 1, 10, 1, 1",
        "regularization, 64, .05, .05, -0.1, 2, 1, 10, 1, 1",
        "negatives, 64, .05, .05, .01, -1, 1, 10, 1, 1",
        "popularNegatives, 64, .05, .05, .01, 2, 1.1, 10, 1, 1",
        "replays, 64, .05, .05, .01, 2, 1, 1001, 1, 1",
        "gradientNorm, 64, .05, .05, .01, 2, 1, 10, 0, 1",
        "flushNorm, 64, .05, .05, .01, 2, 1, 10, 1, Infinity",
    })
    void shouldNameTheFieldWhenOutOfRange(
            String field,
            int factors,
            float userRate,
            float itemRate,
            float regularization,
            int negatives,
            float popularNegatives,
            int replays,
            float gradientNorm,
            float flushNorm) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new FactorSettings(
                        factors,
                        userRate,
                        itemRate,
                        regularization,
                        negatives,
                        popularNegatives,
                        replays,
                        Loss.LOGISTIC,
                        gradientNorm,
                        flushNorm,
                        1))
                .withMessageStartingWith(field + " must be in ");
    }

    @Test
    void shouldAcceptItsDefaults() {
        assertThat(FactorSettings.defaults().factors()).isEqualTo(64);
        assertThat(PopularitySettings.defaults().longHalfLifeMillis()).isEqualTo(14 * 86_400_000L);
        assertThat(NeighborSettings.defaults().tripleCapacity()).isEqualTo(190);
    }

    @Test
    void shouldRefuseALongHalfLifeBelowTheShortOne() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PopularitySettings(120_000, 60_000))
                .withMessageStartingWith("longHalfLifeMillis must be in [120000, ");
    }
}
