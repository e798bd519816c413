package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import dev.kombo.experiment.uplift.Comparison.Fieller;
import dev.kombo.experiment.uplift.Contrast.Estimate;
import dev.kombo.experiment.uplift.Contrast.Prior;
import org.junit.jupiter.api.Test;

class FiellerTest {

    @Test
    void shouldBeWhatOneComputesByHand() {
        // a = 5² - 4 · 0.25, b = 10 · 5, c = 10² - 4 · 1: (50 ± sqrt(2500 - 24 · 96)) / 24.
        Interval ratio = Fieller.ratio(estimate(10, 5, 1, 0.25, 0), 2);
        assertThat(ratio.low()).isCloseTo(36 / 24.0, within(1e-12));
        assertThat(ratio.high()).isCloseTo(64 / 24.0, within(1e-12));
    }

    @Test
    void shouldBeUnboundedWhenTheDenominatorCannotBeToldFromZero() {
        assertThat(Fieller.ratio(estimate(10, 1, 1, 0.25, 0), 2)).isEqualTo(Interval.UNBOUNDED);
        assertThat(Fieller.ratio(estimate(0, 0, 0, 0, 0), 2)).isEqualTo(Interval.UNBOUNDED);
    }

    private static Estimate estimate(
            double arm, double reference, double armVariance, double referenceVariance, double covariance) {
        return new Estimate(
                1, 1, 1, arm, reference, armVariance, referenceVariance, covariance, 1, 1, new Prior(0, 0, 0));
    }
}
