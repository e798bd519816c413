package dev.kombo.ranking.signals;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class SoftplusTest {
    @Test
    void shouldBeWithinItsErrorBound() {
        for (double x = -60; x < 60; x += 0.0137) {
            assertThat((double) Softplus.of(x)).isCloseTo(Math.log1p(Math.exp(x)), within(1e-5));
        }
    }

    @Test
    void shouldAnswerZeroWhenThereIsNoPopularity() {
        assertThat(Softplus.of(Double.NEGATIVE_INFINITY)).isZero();
        assertThat(Softplus.of(Double.NaN)).isZero();
        assertThat(Softplus.of(700)).isEqualTo(700f);
    }
}
