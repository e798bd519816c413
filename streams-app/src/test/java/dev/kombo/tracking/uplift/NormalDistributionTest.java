package dev.kombo.tracking.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.apache.commons.statistics.distribution.NormalDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The library keeps what {@link BestArm} rests on: table values to 1e-15. */
class NormalDistributionTest {
    /** NIST/SEMATECH's and other tables to more digits: 1/2 erfc(-x / sqrt 2). */
    @ParameterizedTest
    @CsvSource({
        "0, 0.5",
        "1, 0.8413447460685429",
        "1.959963984540054, 0.975",
        "-3, 0.0013498980316300946",
        "2.5, 0.9937903346742238",
        "-6, 9.865876450376946e-10"
    })
    void shouldBeWhatTablesSay(double x, double expected) {
        assertThat(NormalDistribution.of(0, 1).cumulativeProbability(x)).isCloseTo(expected, within(1e-15));
    }

    @Test
    void shouldGrowFromZeroToOneAndBeSymmetric() {
        double before = 0;
        for (int step = -400; step <= 400; step++) {
            double x = step / 40.0;
            double value = NormalDistribution.of(0, 1).cumulativeProbability(x);
            assertThat(value).isBetween(0.0, 1.0).isGreaterThanOrEqualTo(before - 1e-15);
            assertThat(value + NormalDistribution.of(0, 1).cumulativeProbability(-x))
                    .isCloseTo(1, within(1e-14));
            before = value;
        }
        assertThat(NormalDistribution.of(0, 1).cumulativeProbability(Double.POSITIVE_INFINITY))
                .isEqualTo(1);
        assertThat(NormalDistribution.of(0, 1).cumulativeProbability(Double.NEGATIVE_INFINITY))
                .isZero();
    }
}
