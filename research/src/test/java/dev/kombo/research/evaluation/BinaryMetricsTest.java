package dev.kombo.research.evaluation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class BinaryMetricsTest {
    private static final double EXACT = 1e-12;

    @Test
    void shouldCountWonPairsWhenAucIsTaken() {
        boolean[] labels = {true, false, true, false};

        assertThat(BinaryMetrics.auc(new double[] {0.9, 0.1, 0.8, 0.2}, labels)).isEqualTo(1);
        assertThat(BinaryMetrics.auc(new double[] {0.1, 0.9, 0.2, 0.8}, labels)).isZero();
        assertThat(BinaryMetrics.auc(new double[] {0.9, 0.5, 0.4, 0.1}, labels))
                .as("3 of 4 pairs")
                .isEqualTo(0.75);
    }

    @Test
    void shouldCountEqualScoresHalfWhenAucIsTaken() {
        assertThat(BinaryMetrics.auc(new double[] {1, 1, 1}, new boolean[] {true, false, false}))
                .isEqualTo(0.5);
        assertThat(BinaryMetrics.auc(new double[] {2, 2, 1}, new boolean[] {true, false, false}))
                .as("a draw and a win")
                .isEqualTo(0.75);
        assertThat(BinaryMetrics.auc(new double[] {0.0, -0.0}, new boolean[] {true, false}))
                .isEqualTo(0.5);
    }

    @Test
    void shouldRefuseAucWhenAllLabelsAreTheSame() {
        assertThatThrownBy(() -> BinaryMetrics.auc(new double[] {1, 2}, new boolean[] {true, true}))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("all labels are true");
        assertThatThrownBy(() -> BinaryMetrics.auc(new double[] {1, 2}, new boolean[2]))
                .hasMessageContaining("all labels are false");
        assertThatThrownBy(() -> BinaryMetrics.auc(new double[] {1, Double.NaN}, new boolean[] {true, false}))
                .hasMessageContaining("NaN");
    }

    /** By hand: -(ln 0.8 + ln 0.6) / 2. */
    @Test
    void shouldTakeTheMeanLogarithmWhenLogLossIsTaken() {
        assertThat(BinaryMetrics.logLoss(new double[] {0.8, 0.4}, new boolean[] {true, false}))
                .isCloseTo(0.3669845875401002, within(EXACT));
        assertThat(BinaryMetrics.logLoss(new double[] {0.5}, new boolean[] {true}))
                .isCloseTo(0.6931471805599453, within(EXACT));
        assertThat(BinaryMetrics.logLoss(new double[] {0, 1}, new boolean[] {true, true}))
                .as("clipped at 1e-15, half of it for each case")
                .isCloseTo(34.538776394910684 / 2, within(1e-9));
    }

    @Test
    void shouldDecideAtOneHalfWhenAccuracyIsTaken() {
        assertThat(BinaryMetrics.accuracy(new double[] {0.5, 0.49, 0.9, 0.1}, new boolean[] {true, false, false, true}))
                .isEqualTo(0.5);
    }

    /**
     * By hand, bins of 1/15: 0.70 and 0.72 are in bin 10 (mean .71, half came true: off by .21), 0.1 is in bin 1 (off
     * by .1), 1.0 in the last (right). ECE = (2 × .21 + .1 + 0) / 4.
     */
    @Test
    void shouldWeighBinsByCasesWhenCalibrationIsTaken() {
        double[] probabilities = {0.70, 0.72, 0.1, 1.0};
        boolean[] labels = {true, false, false, true};

        assertThat(BinaryMetrics.expectedCalibrationError(probabilities, labels))
                .isCloseTo(0.13, within(EXACT));
    }

    @Test
    void shouldRefuseWhatIsNoProbability() {
        assertThatThrownBy(() -> BinaryMetrics.logLoss(new double[] {1.01}, new boolean[] {true}))
                .hasMessageContaining("1.01 is not a probability");
        assertThatThrownBy(
                        () -> BinaryMetrics.expectedCalibrationError(new double[] {Double.NaN}, new boolean[] {true}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinaryMetrics.accuracy(new double[] {-1}, new boolean[] {true}))
                .isInstanceOf(IllegalArgumentException.class);
        assertThatThrownBy(() -> BinaryMetrics.accuracy(new double[] {0.5}, new boolean[2]))
                .hasMessageContaining("found 1 and 2");
        assertThatThrownBy(() -> BinaryMetrics.logLoss(new double[0], new boolean[0]))
                .isInstanceOf(IllegalArgumentException.class);
    }
}
