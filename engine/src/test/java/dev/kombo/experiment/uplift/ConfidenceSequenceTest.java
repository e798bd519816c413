package dev.kombo.experiment.uplift;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConfidenceSequenceTest {

    @Test
    void shouldBeTheFormulaOfThePaper() {
        ConfidenceSequence sequence = new ConfidenceSequence(0.05);
        double t = 400;
        double deviation = 2.5;
        double rho = 0.03;
        double clock = t * deviation * deviation * rho * rho;

        double half = sequence.multiplier(clock / sequence.shortestAt()) * deviation / Math.sqrt(t);

        // sqrt((t s² rho² + 1) / (t² rho²) · log((t s² rho² + 1) / 0.05²)), worked out from the paper's notation.
        assertThat(half).isCloseTo(0.402275545734403, within(1e-12));
    }

    @Test
    void shouldBeShortestWhereLambertsFunctionSaysSo() {
        // -W₋₁(-0.05² / e) - 1, with Lambert's W of SciPy.
        assertThat(new ConfidenceSequence(0.05).shortestAt()).isCloseTo(8.211968062068253, within(1e-9));
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 0.05, 0.01, 1e-6})
    void shouldBeShortestAtOne(double error) {
        ConfidenceSequence sequence = new ConfidenceSequence(error);
        double least = sequence.multiplier(1);
        for (double time : new double[] {0.01, 0.3, 0.9, 0.99, 1.01, 1.1, 3, 1000}) {
            assertThat(sequence.multiplier(time)).isGreaterThan(least);
        }
    }

    @Test
    void shouldShrinkWithTheSampleAllTheSame() {
        ConfidenceSequence sequence = new ConfidenceSequence(0.05);
        double before = Double.POSITIVE_INFINITY;
        for (double time = 1e-3; time < 1e6; time *= 1.5) {
            double half = sequence.multiplier(time) / Math.sqrt(time);
            assertThat(half).isLessThan(before);
            before = half;
        }
    }

    /** For a random walk with known variance, the sequence covers at all looks, and a fixed interval does not. */
    @Test
    void shouldHoldAtAllLooksTogether() {
        int runs = 1000;
        int steps = 3000;
        double error = 0.1;
        ConfidenceSequence sequence = new ConfidenceSequence(error);
        double[] multipliers = new double[steps + 1];
        for (int t = 1; t <= steps; t++) {
            multipliers[t] = sequence.multiplier(t / 100.0);
        }
        int missed = 0;
        int missedFixed = 0;
        for (int run = 0; run < runs; run++) {
            double sum = 0;
            boolean out = false;
            boolean outFixed = false;
            for (int t = 1; t <= steps; t++) {
                sum += Accounts.gaussian(run, t);
                double errors = Math.abs(sum) / Math.sqrt(t);
                out |= errors > multipliers[t];
                outFixed |= errors > 1.6449;
            }
            missed += out ? 1 : 0;
            missedFixed += outFixed ? 1 : 0;
        }
        double two = 2 * Math.sqrt(error * (1 - error) / runs);
        assertThat((double) missed / runs).isBetween(0.03, error + two);
        assertThat((double) missedFixed / runs).isGreaterThan(0.5);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 1, -0.1, Double.NaN})
    void shouldRefuseAnErrorThatIsNoProbability(double error) {
        assertThatThrownBy(() -> new ConfidenceSequence(error)).hasMessageContaining("error is not between 0 and 1");
    }
}
