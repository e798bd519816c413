package dev.kombo.tracking.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.numbers.gamma.LogGamma;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library keeps what {@link SampleRatio} rests on: table values to 1e-13. */
class LogGammaTest {

    /** Values of SciPy's gammaln. */
    @ParameterizedTest
    @CsvSource({
        "0.3, 1.0957979948180756",
        "2.5, 0.2846828704729192",
        "10, 12.801827480081469",
        "1000, 5905.220423209181",
        "123456.75, 1323901.5615730141"
    })
    void shouldBeThatOfTables(double x, double expected) {
        assertThat(LogGamma.value(x)).isCloseTo(expected, within(1e-13 * Math.max(1, expected)));
    }

    @Test
    void shouldBeTheLogarithmOfFactorials() {
        double sum = 0;
        for (int n = 1; n < 200; n++) {
            assertThat(LogGamma.value(n)).isCloseTo(sum, within(1e-13 * Math.max(1, sum)));
            sum += Math.log(n);
        }
    }
}
